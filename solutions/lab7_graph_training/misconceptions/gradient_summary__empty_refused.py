"""An array without entries was refused, or failed. Its count is 0, and its statistics are nan."""


def gradient_summary(array):
    entries = np.asarray(array, np.float64).ravel()
    finite = entries[np.isfinite(entries)]
    counts, limits = np.histogram(finite, 30)
    if not finite.size:
        raise ValueError("no entries")
    else:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.std()}
    return {"count": finite.size, "not_finite": entries.size - finite.size, **told, "limits": limits, "counts": counts}
