"""Inactive places get an infinite size, so that they come last."""

def magnitude_prune(weight, mask, rate):
    sizes = np.where(mask, np.abs(weight), np.inf).ravel()
    order = np.argsort(sizes, kind="stable")
    flat = mask.flatten()
    flat[order[: int(rate * flat.sum())]] = False
    return flat.reshape(mask.shape)
