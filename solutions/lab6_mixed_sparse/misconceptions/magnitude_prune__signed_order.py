"""The order is that of the signed values: the largest negative weights go first. Small means a small absolute
value."""

def magnitude_prune(weight, mask, rate):
    count = int(rate * mask.sum())
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(weight[mask], kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
