"""The layer gets its weight in float32. It should compute with the half-precision values."""

def compact(weight, mask):
    master = weight[mask].astype(np.float32)
    return {"places": np.flatnonzero(mask).astype(np.int32), "master": master, "half": master.astype(np.float16)}


def spread(packed, shape):
    weight = np.zeros(shape, np.float32)
    weight.flat[packed["places"]] = packed["half"]
    return weight


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    if not np.isfinite(gradient).all():
        return packed, velocity
    velocity = momentum * velocity + gradient.astype(np.float32) / scale
    master = packed["master"] - lr * velocity.flat[packed["places"]]
    return {**packed, "master": master, "half": master.astype(np.float16)}, velocity
