"""The last axis was moved to the very front, before the batch. The batch stays first: [N, C, H, W]."""

def to_channels_first(images):
    return np.ascontiguousarray(np.moveaxis(images, -1, 0))


def to_channels_last(images):
    return np.ascontiguousarray(np.moveaxis(images, 0, -1))
