"""The scaler that was passed in is changed. Return a new one."""

def adjust_scale(scaler, gradients, interval=200):
    if not all(np.isfinite(gradient).all() for gradient in gradients.values()):
        scaler["scale"], scaler["clean"] = scaler["scale"] / 2, 0
        return scaler, False
    scaler["clean"] += 1
    if scaler["clean"] == interval:
        scaler["scale"], scaler["clean"] = scaler["scale"] * 2, 0
    return scaler, True
