"""The std was taken with N - 1 (ddof=1), as for a sample. Here the image is all there is: divide by N."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean()) / max(values.std(ddof=1), 1 / np.sqrt(np.float32(N)))
