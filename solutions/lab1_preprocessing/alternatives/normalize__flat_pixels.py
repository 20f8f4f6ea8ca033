"""The pixels as rows of a table, in float64, and shaped back."""


def normalize(images, mean, std):
    scale = 255.0 if images.dtype == np.uint8 else 1.0
    flat = images.reshape(-1, 3).astype(np.float64) / scale
    flat -= np.asarray(mean, dtype=np.float64)
    flat /= np.asarray(std, dtype=np.float64)
    return flat.reshape(images.shape).astype(np.float32)
