"""The order is that of the signed momentum. A large negative pull is as strong as a positive one."""

def regrow(mask, momentum, count):
    missing = np.flatnonzero(~mask)
    largest_first = np.argsort(-momentum[~mask], kind="stable")
    new = mask.copy()
    new.flat[missing[largest_first[:count]]] = True
    return new
