"""The variance was used instead of the standard deviation: take its square root."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean()) / max(values.var(), 1 / np.sqrt(np.float32(N)))
