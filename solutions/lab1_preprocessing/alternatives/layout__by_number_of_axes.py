"""Two fixed orders, chosen by the number of axes, and a copy."""

def to_channels_first(images):
    order = (2, 0, 1) if images.ndim == 3 else (0, 3, 1, 2)
    return images.transpose(order).copy()


def to_channels_last(images):
    order = (1, 2, 0) if images.ndim == 3 else (0, 2, 3, 1)
    return images.transpose(order).copy()
