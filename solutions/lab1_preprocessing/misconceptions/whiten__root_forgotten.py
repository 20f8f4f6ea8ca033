"""The floor is 1 / N. It is 1 / sqrt(N)."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean()) / max(values.std(), 1 / np.float32(N))
