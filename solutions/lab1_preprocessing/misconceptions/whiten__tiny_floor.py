"""The floor is a tiny constant such as 1e-7. That avoids 0 / 0, but a nearly uniform wall still becomes a storm
of noise: the floor is 1 / sqrt(N)."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean()) / max(values.std(), np.float32(1e-7))
