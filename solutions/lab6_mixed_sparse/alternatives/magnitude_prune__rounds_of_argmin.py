"""Takes the smallest active weight, one at a time."""


def magnitude_prune(weight, mask, rate):
    size = np.where(mask, np.abs(weight), np.inf).ravel()
    new = mask.copy().ravel()
    for _ in range(int(rate * np.count_nonzero(mask))):
        k = size.argmin()
        size[k], new[k] = np.inf, False
    return new.reshape(mask.shape)
