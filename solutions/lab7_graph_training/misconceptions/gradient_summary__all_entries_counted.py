"""count is the number of all entries. Those that are nan or infinite are counted in not_finite alone."""


def gradient_summary(array):
    entries = np.asarray(array, np.float64).ravel()
    finite = entries[np.isfinite(entries)]
    counts, limits = np.histogram(finite, 30)
    if finite.size:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.std()}
    else:
        told = dict.fromkeys(("min", "max", "mean", "std"), np.nan)
    return {"count": entries.size, "not_finite": entries.size - finite.size, **told, "limits": limits, "counts": counts}
