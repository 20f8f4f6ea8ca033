"""An active weight whose value is 0 is taken for inactive. The mask says which are active, not the value: what
has just grown starts at 0."""

def magnitude_prune(weight, mask, rate):
    mask = mask & (weight != 0)
    count = int(rate * mask.sum())
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(np.abs(weight[mask]), kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
