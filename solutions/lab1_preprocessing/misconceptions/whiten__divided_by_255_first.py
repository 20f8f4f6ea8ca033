"""Bytes were divided by 255 first. For most images that cancels out, but the floor 1 / sqrt(N) is on the
image's own scale: a faint image comes out up to 255 times too faint."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    if image.dtype == np.uint8:
        values /= 255
    return (values - values.mean()) / max(values.std(), 1 / np.sqrt(np.float32(N)))
