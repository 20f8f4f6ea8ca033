"""One multiplication and one addition, as fast libraries do it."""

def normalize(images, mean, std):
    top = np.float32(255 if images.dtype.kind == "u" else 1)
    factor = (1 / (top * std)).astype(np.float32)
    return images * factor - (mean / std).astype(np.float32)
