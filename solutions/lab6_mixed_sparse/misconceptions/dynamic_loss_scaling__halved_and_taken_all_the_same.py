"""Two mistakes at once: after an overflow the step may not be taken, and the count of clean steps begins again at 0."""


def adjust_scale(scaler, gradients, interval=200):
    if not all((np.isfinite(gradient).all() for gradient in gradients.values())):
        return ({"scale": scaler["scale"] / 2, "clean": scaler["clean"]}, True)
    clean = scaler["clean"] + 1
    if clean == interval:
        return ({"scale": scaler["scale"] * 2, "clean": 0}, True)
    return ({"scale": scaler["scale"], "clean": clean}, True)
