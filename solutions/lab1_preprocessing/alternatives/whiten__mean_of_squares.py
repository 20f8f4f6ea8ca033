"""The variance as the mean of the squares minus the square of the mean, in float64."""

def whiten(image):
    N = image.size
    values = image.astype(np.float64)
    mean = values.mean()
    variance = max(np.mean(values**2) - mean**2, 0)
    return ((values - mean) / max(variance**0.5, N**-0.5)).astype(np.float32)
