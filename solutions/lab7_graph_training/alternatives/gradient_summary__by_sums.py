"""Everything by plain sums, and buckets by places between min and max."""


def gradient_summary(array):
    numbers = [float(entry) for entry in np.ravel(array)]
    good = [number for number in numbers if -np.inf < number < np.inf]
    told = {"count": len(good), "not_finite": len(numbers) - len(good)}
    low, high = (min(good), max(good)) if good else (0.0, 1.0)
    mean = sum(good) / len(good) if good else np.nan
    spread = (sum((number - mean) ** 2 for number in good) / len(good)) ** 0.5 if good else np.nan
    told |= {"min": low if good else np.nan, "max": high if good else np.nan, "mean": mean, "std": spread}
    if low == high:
        low, high = low - 0.5, high + 0.5
    counts = [0] * 30
    for number in good:
        counts[min(int(30 * (number - low) / (high - low)), 29)] += 1
    return told | {"limits": np.linspace(low, high, 31), "counts": np.array(counts)}
