"""The deviation was computed with n - 1. These are all the entries that there are: divide by n."""


def gradient_summary(array):
    entries = np.asarray(array, np.float64).ravel()
    finite = entries[np.isfinite(entries)]
    counts, limits = np.histogram(finite, 30)
    if finite.size:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.std(ddof=1)}
    else:
        told = dict.fromkeys(("min", "max", "mean", "std"), np.nan)
    return {"count": finite.size, "not_finite": entries.size - finite.size, **told, "limits": limits, "counts": counts}
