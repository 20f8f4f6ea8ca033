"""Rows as a table of pixels and channels, whose two axes are swapped."""


def fc_order(weight, shape):
    C, H, W = shape
    pixels = weight.reshape(H * W, C, weight.shape[1])
    return np.concatenate(pixels.swapaxes(0, 1))
