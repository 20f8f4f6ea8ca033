"""any() of what is infinite or no number, and one dict at the end."""


def adjust_scale(scaler, gradients, interval=200):
    bad = any(np.isinf(g).any() or np.isnan(g).any() for g in gradients.values())
    scale, clean = scaler["scale"], scaler["clean"]
    if bad:
        scale, clean = scale / 2.0, 0
    else:
        clean += 1
        if clean >= interval:
            scale, clean = scale * 2.0, 0
    return dict(scale=scale, clean=clean), not bad
