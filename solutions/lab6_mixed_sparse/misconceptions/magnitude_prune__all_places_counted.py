"""The fraction is taken of all weights. Take it of the active ones: in a sparse layer there are far fewer."""

def magnitude_prune(weight, mask, rate):
    count = int(rate * mask.size)
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(np.abs(weight[mask]), kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
