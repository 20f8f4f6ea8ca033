"""Only the new weights are active in the mask. The old ones stay active."""

def regrow(mask, momentum, count):
    missing = np.flatnonzero(~mask)
    largest_first = np.argsort(-np.abs(momentum[~mask]), kind="stable")
    new = np.zeros_like(mask)
    new.flat[missing[largest_first[:count]]] = True
    return new
