"""NumPy's functions that leave nan out, on an array in which infinities are nan too."""


import warnings


def gradient_summary(array):
    entries = np.array(array, dtype=np.float64)
    good = np.isfinite(entries)
    entries[~good] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mean, std = np.nanmean(entries), np.nanstd(entries)
    low, high = np.min(entries[good], initial=np.inf), np.max(entries[good], initial=-np.inf)
    low, high = (low, high) if good.any() else (np.nan, np.nan)
    counts, limits = np.histogram(entries[good], bins=30)
    found = {"count": int(good.sum()), "not_finite": int((~good).sum()), "min": low, "max": high}
    return found | {"mean": mean, "std": std, "limits": limits, "counts": counts}
