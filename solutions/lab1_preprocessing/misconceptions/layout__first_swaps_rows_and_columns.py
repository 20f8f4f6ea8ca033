"""Channels and rows were exchanged on the way to channels first, which leaves the columns before the rows: [C, W, H].
Move the channels, and keep the order of the other two."""


def to_channels_first(images):
    return np.ascontiguousarray(np.swapaxes(images, -1, -3))


def to_channels_last(images):
    return np.ascontiguousarray(np.moveaxis(images, -3, -1))
