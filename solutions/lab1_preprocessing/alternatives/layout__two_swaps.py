"""Two swaps of neighbouring axes."""


def to_channels_first(images):
    return np.ascontiguousarray(images.swapaxes(-1, -2).swapaxes(-2, -3))


def to_channels_last(images):
    return np.ascontiguousarray(images.swapaxes(-3, -2).swapaxes(-2, -1))
