"""The number of weights to take out was rounded to the nearest integer. It is rounded down."""


def magnitude_prune(weight, mask, rate):
    assert weight.shape == mask.shape, f"{weight.shape}, {mask.shape}"
    count = round(rate * mask.sum())
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(np.abs(weight[mask]), kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
