"""transpose was called with three axes, so it fails for a batch, which has four. Count the axes from the
end."""

def to_channels_first(images):
    return np.ascontiguousarray(images.transpose(2, 0, 1))


def to_channels_last(images):
    return np.ascontiguousarray(images.transpose(1, 2, 0))
