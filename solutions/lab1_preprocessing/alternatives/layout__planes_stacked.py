"""Takes the channels out one by one and stacks them."""

def to_channels_first(images):
    return np.stack([images[..., c] for c in range(images.shape[-1])], axis=-3)


def to_channels_last(images):
    return np.stack([images[..., c, :, :] for c in range(images.shape[-3])], axis=-1)
