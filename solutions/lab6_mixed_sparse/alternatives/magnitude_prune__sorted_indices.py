"""Python's sort of the active indices by size, and a comprehension."""


def magnitude_prune(weight, mask, rate):
    flat = np.abs(weight).ravel()
    active = [k for k, on in enumerate(mask.ravel()) if on]
    gone = set(sorted(active, key=lambda k: flat[k])[: int(len(active) * rate)])
    kept = [k for k in active if k not in gone]
    new = np.zeros(mask.size, dtype=bool)
    new[kept] = True
    return new.reshape(mask.shape)
