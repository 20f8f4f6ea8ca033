"""The count as a float, the scale as a whole number where it is one, and 1 or 0 for yes or no."""

def adjust_scale(scaler, gradients, interval=200):
    scale, clean = float(scaler["scale"]), scaler["clean"] + 1.0
    finite = all(np.isfinite(gradient).all() for gradient in gradients.values())
    if not finite:
        scale, clean = scale / 2, 0.0
    elif clean == interval:
        scale, clean = scale * 2, 0.0
    return {"scale": int(scale) if scale.is_integer() else scale, "clean": clean}, int(finite)
