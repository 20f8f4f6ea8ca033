"""The old mask is changed, too. The caller still needs it: work on a copy."""

def regrow(mask, momentum, count):
    missing = np.flatnonzero(~mask)
    largest_first = np.argsort(-np.abs(momentum[~mask]), kind="stable")
    new = mask
    new.flat[missing[largest_first[:count]]] = True
    return new
