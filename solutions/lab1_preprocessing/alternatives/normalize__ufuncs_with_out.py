"""Ufuncs that write into one buffer."""


def normalize(images, mean, std):
    out = np.array(images, dtype=np.float32)
    if np.issubdtype(images.dtype, np.integer):
        np.divide(out, 255, out=out)
    np.subtract(out, mean, out=out, casting="same_kind")
    np.true_divide(out, std, out=out, casting="same_kind")
    return out
