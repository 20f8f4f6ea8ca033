"""Copies that are written into; the sum of the gradient says whether it overflowed."""

def compact(weight, mask):
    index = np.arange(mask.size, dtype=np.int32)[mask.ravel()]
    return {"places": index, "master": np.float32(weight[mask]), "half": np.float16(weight[mask])}


def spread(packed, shape):
    out = np.zeros(shape, np.half)
    np.put(out, packed["places"], packed["half"])
    return out


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    pull = gradient.astype(np.float64)
    if not np.isfinite(np.abs(pull).max()):
        return dict(packed), velocity.copy()
    velocity = (momentum * velocity + pull / scale).astype(np.float32)
    master = packed["master"].copy()
    master -= np.float32(lr) * np.take(velocity, packed["places"])
    return {"places": packed["places"], "master": master, "half": np.float16(master)}, velocity
