"""The count goes on after the scale has grown, and never meets the interval again. Start again from 0."""

def adjust_scale(scaler, gradients, interval=200):
    scale, clean = scaler["scale"], scaler["clean"]
    fine = all(np.isfinite(gradient).all() for gradient in gradients.values())
    if not fine:
        return {"scale": scale / 2, "clean": 0}, False
    clean += 1
    if clean == interval:
        return {"scale": scale * 2, "clean": clean}, True
    return {"scale": scale, "clean": clean}, True
