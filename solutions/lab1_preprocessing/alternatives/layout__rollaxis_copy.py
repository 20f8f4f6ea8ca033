"""np.rollaxis and a copy in C order."""


def to_channels_first(images):
    return np.rollaxis(images, images.ndim - 1, images.ndim - 3).copy(order="C")


def to_channels_last(images):
    return np.rollaxis(images, images.ndim - 3, images.ndim).copy(order="C")
