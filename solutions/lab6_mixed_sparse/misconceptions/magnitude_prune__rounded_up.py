"""The count is rounded up. It should be rounded down: floor(rate * active)."""

def magnitude_prune(weight, mask, rate):
    count = int(np.ceil(rate * mask.sum()))
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(np.abs(weight[mask]), kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
