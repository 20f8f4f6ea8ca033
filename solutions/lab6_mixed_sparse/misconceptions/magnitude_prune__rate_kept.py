"""`rate` is the fraction that goes, not the fraction that stays."""

def magnitude_prune(weight, mask, rate):
    count = int((1 - rate) * mask.sum())
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(np.abs(weight[mask]), kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
