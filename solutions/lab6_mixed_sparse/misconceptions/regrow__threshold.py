"""All momenta from a threshold on are taken. Where several have just that size, too many grow: the count must be
exact."""

def regrow(mask, momentum, count):
    if count == 0:
        return mask.copy()
    threshold = np.sort(np.abs(momentum[~mask]))[-count]
    return mask | (np.abs(momentum) >= threshold) & ~mask
