"""Everything above the limit, then the first ones that equal it."""


def regrow(mask, momentum, count):
    if count == 0:
        return mask.copy()
    size = np.where(mask, -np.inf, np.abs(momentum)).ravel()
    limit = np.sort(size)[size.size - count]
    above = size > limit
    level = np.flatnonzero(size == limit)[: count - np.count_nonzero(above)]
    new = mask.ravel() | above
    new[level] = True
    return new.reshape(mask.shape)
