"""Two mistakes at once: the fraction was taken of all weights in place of the active ones, and weights were ranked with
their sign in place of by magnitude."""


def magnitude_prune(weight, mask, rate):
    assert weight.shape == mask.shape, f"{weight.shape}, {mask.shape}"
    count = int(rate * mask.size)
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(weight[mask], kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
