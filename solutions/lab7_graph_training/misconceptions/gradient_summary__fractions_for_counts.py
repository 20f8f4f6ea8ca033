"""The buckets hold fractions of the whole. They hold how many entries there are."""


def gradient_summary(array):
    entries = np.asarray(array, np.float64).ravel()
    finite = entries[np.isfinite(entries)]
    counts, limits = np.histogram(finite, 30)
    if finite.size:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.std()}
    else:
        told = dict.fromkeys(("min", "max", "mean", "std"), np.nan)
    return {"count": finite.size, "not_finite": entries.size - finite.size, **told, "limits": limits, "counts": counts / max(finite.size, 1)}
