"""Each channel lost a mean of its own, and then all were divided by one deviation. One mean counts, over all values of
the picture."""


def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean(axis=(0, 1))) / max(values.std(), 1 / np.sqrt(np.float32(N)))
