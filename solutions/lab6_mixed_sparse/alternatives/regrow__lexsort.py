"""np.lexsort by place, size and whether a weight is inactive."""


def regrow(mask, momentum, count):
    flat_mask, size = mask.ravel(), np.abs(momentum).ravel()
    order = np.lexsort((np.arange(mask.size), -size, flat_mask))
    new = flat_mask.copy()
    new[order[:count]] = True
    return new.reshape(mask.shape)
