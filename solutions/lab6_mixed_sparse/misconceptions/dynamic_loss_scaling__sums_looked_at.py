"""The sum of a gradient is looked at, and large values whose sum is too large are taken for an overflow. Look
at each value."""

def adjust_scale(scaler, gradients, interval=200):
    scale, clean = scaler["scale"], scaler["clean"]
    fine = all(np.isfinite(gradient.sum()) for gradient in gradients.values())
    if not fine:
        return {"scale": scale / 2, "clean": 0}, False
    clean += 1
    if clean == interval:
        return {"scale": scale * 2, "clean": 0}, True
    return {"scale": scale, "clean": clean}, True
