"""The way back uses the same order of axes as the way there. Moving the last axis to the front is undone by
moving the first one to the end."""

def to_channels_first(images):
    return np.ascontiguousarray(np.moveaxis(images, -1, -3))


def to_channels_last(images):
    return np.ascontiguousarray(np.moveaxis(images, -1, -3))
