"""The statistics of no entries are 0, which is what a gradient that has died looks like. Where there is nothing they
are nan."""


def gradient_summary(array):
    entries = np.asarray(array, np.float64).ravel()
    finite = entries[np.isfinite(entries)]
    counts, limits = np.histogram(finite, 30)
    if finite.size:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.std()}
    else:
        told = dict.fromkeys(("min", "max", "mean", "std"), 0.0)
    return {"count": finite.size, "not_finite": entries.size - finite.size, **told, "limits": limits, "counts": counts}
