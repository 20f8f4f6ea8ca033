"""A step is skipped only if every gradient has overflowed. One is enough."""

def adjust_scale(scaler, gradients, interval=200):
    scale, clean = scaler["scale"], scaler["clean"]
    fine = any(np.isfinite(gradient).all() for gradient in gradients.values())
    if not fine:
        return {"scale": scale / 2, "clean": 0}, False
    clean += 1
    if clean == interval:
        return {"scale": scale * 2, "clean": 0}, True
    return {"scale": scale, "clean": clean}, True
