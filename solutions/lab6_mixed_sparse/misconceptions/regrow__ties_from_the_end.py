"""Of equal momenta the later positions are taken: sorting in ascending order and reading from the end turns
ties around, too."""

def regrow(mask, momentum, count):
    missing = np.flatnonzero(~mask)
    largest_first = np.argsort(np.abs(momentum[~mask]), kind="stable")[::-1]
    new = mask.copy()
    new.flat[missing[largest_first[:count]]] = True
    return new
