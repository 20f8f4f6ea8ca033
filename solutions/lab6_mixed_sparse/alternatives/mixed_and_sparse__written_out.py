"""Scaled velocity step by step, places by nonzero."""

def compact(weight, mask):
    flat = weight.ravel()
    (places,) = np.nonzero(mask.ravel())
    packed = {"places": places.astype("int32")}
    packed["master"] = flat[places].copy()
    packed["half"] = np.array(packed["master"], dtype=np.float16)
    return packed


def spread(packed, shape):
    flat = np.zeros(int(np.prod(shape)), dtype=np.float16)
    flat[packed["places"]] = packed["half"]
    return flat.reshape(shape)


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    gradient = np.float32(1 / scale) * gradient.astype(np.float32)
    if np.isnan(gradient).any() or np.isinf(gradient).any():
        return packed, velocity
    velocity = velocity * momentum
    velocity += gradient
    new = dict(packed)
    new["master"] = packed["master"] - lr * velocity.ravel()[packed["places"]]
    new["half"] = new["master"].astype(np.float16)
    return new, velocity
