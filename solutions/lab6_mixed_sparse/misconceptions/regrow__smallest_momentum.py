"""The smallest momenta are taken, where a weight is missing least."""

def regrow(mask, momentum, count):
    missing = np.flatnonzero(~mask)
    largest_first = np.argsort(np.abs(momentum[~mask]), kind="stable")
    new = mask.copy()
    new.flat[missing[largest_first[:count]]] = True
    return new
