"""The image was divided, but its mean was not subtracted."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return values / max(values.std(), 1 / np.sqrt(np.float32(N)))
