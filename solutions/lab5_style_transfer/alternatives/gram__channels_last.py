"""Pixels as rows, channels as columns: A transposed times A."""


def gram_matrix(features):
    pixels = np.moveaxis(features, 1, -1)
    pixels = pixels.reshape(len(pixels), -1, pixels.shape[-1])
    return np.matmul(np.swapaxes(pixels, 1, 2), pixels)
