"""The pixels are right, but in memory they still lie in the old order: transpose returns a view with other
strides. Make an array that lies in its own order."""

def to_channels_first(images):
    return np.moveaxis(images, -1, -3)


def to_channels_last(images):
    return np.moveaxis(images, -3, -1)
