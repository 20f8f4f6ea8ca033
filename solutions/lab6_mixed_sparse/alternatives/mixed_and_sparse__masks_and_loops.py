"""The mask's True positions by argwhere, the flat array filled in a loop."""


def compact(weight, mask):
    positions = np.argwhere(mask.reshape(-1)).reshape(-1)
    kept = np.array([weight.reshape(-1)[k] for k in positions], dtype=np.float32)
    return {"places": positions.astype(np.int32), "master": kept, "half": kept.astype(np.float16)}


def spread(packed, shape):
    flat = np.zeros(np.prod(shape, dtype=int), np.float16)
    for k, value in zip(packed["places"], packed["half"]):
        flat[k] = value
    return flat.reshape(shape)


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    wide = gradient.astype(np.float64)
    if not np.all(np.isfinite(wide)):
        return packed, velocity
    velocity = (momentum * velocity.astype(np.float64) + wide / scale).astype(np.float32)
    master = packed["master"] - np.float32(lr) * velocity.reshape(-1)[packed["places"]]
    return {"places": packed["places"], "master": master, "half": np.float16(master)}, velocity
