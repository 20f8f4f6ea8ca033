"""The master copy is kept of all weights, zeros too. Nothing should be kept of what is inactive."""

def compact(weight, mask):
    places = np.flatnonzero(mask).astype(np.int32)
    return {"places": places, "master": weight.astype(np.float32), "half": weight.flat[places].astype(np.float16)}


def spread(packed, shape):
    weight = np.zeros(shape, np.float16)
    weight.flat[packed["places"]] = packed["half"]
    return weight


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    if not np.isfinite(gradient).all():
        return packed, velocity
    velocity = momentum * velocity + gradient.astype(np.float32) / scale
    master = packed["master"].copy()
    master.flat[packed["places"]] -= lr * velocity.flat[packed["places"]]
    half = master.flat[packed["places"]].astype(np.float16)
    return {**packed, "master": master, "half": half}, velocity
