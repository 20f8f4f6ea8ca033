"""Entries that are no numbers were counted as 0, and infinite ones as the largest float. They are left out."""


def gradient_summary(array):
    entries = np.nan_to_num(np.asarray(array, np.float32)).astype(np.float64).ravel()
    finite = entries[np.isfinite(entries)]
    counts, limits = np.histogram(finite, 30)
    if finite.size:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.std()}
    else:
        told = dict.fromkeys(("min", "max", "mean", "std"), np.nan)
    return {"count": finite.size, "not_finite": int((~np.isfinite(array)).sum()), **told, "limits": limits, "counts": counts}
