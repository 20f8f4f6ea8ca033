"""Sorted by size, then by place; the mask is put together from what is left."""

def magnitude_prune(weight, mask, rate):
    active = np.flatnonzero(mask)
    order = active[np.lexsort((active, np.abs(weight.ravel()[active])))]
    kept = order[int(rate * len(active)) :]
    new = np.zeros(mask.size, dtype=bool)
    new[kept] = True
    return new.reshape(mask.shape)
