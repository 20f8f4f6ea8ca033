"""A gradient with inf or nan in it is used. One such value spoils the velocity for ever: skip the step."""

def compact(weight, mask):
    master = weight[mask].astype(np.float32)
    return {"places": np.flatnonzero(mask).astype(np.int32), "master": master, "half": master.astype(np.float16)}


def spread(packed, shape):
    weight = np.zeros(shape, np.float16)
    weight.flat[packed["places"]] = packed["half"]
    return weight


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    velocity = momentum * velocity + gradient.astype(np.float32) / scale
    master = packed["master"] - lr * velocity.flat[packed["places"]]
    return {**packed, "master": master, "half": master.astype(np.float16)}, velocity
