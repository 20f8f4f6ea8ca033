"""Of equally small weights the later ones are removed. The earlier position goes first."""

def magnitude_prune(weight, mask, rate):
    count = int(rate * mask.sum())
    active = np.flatnonzero(mask)[::-1]
    smallest_first = np.argsort(np.abs(weight.flat[active]), kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
