"""A new array that is filled channel by channel."""


def to_channels_first(images):
    *rest, H, W, C = images.shape
    out = np.empty((*rest, C, H, W), images.dtype)
    for c in range(C):
        out[..., c, :, :] = images[..., c]
    return out


def to_channels_last(images):
    *rest, C, H, W = images.shape
    out = np.empty((*rest, H, W, C), images.dtype)
    for c in range(C):
        out[..., c] = images[..., c, :, :]
    return out
