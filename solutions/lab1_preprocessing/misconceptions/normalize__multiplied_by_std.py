"""The difference was multiplied by the deviation. Divide by it, so that the result has a deviation of 1."""


def normalize(images, mean, std):
    assert images.shape[-1] == len(mean) == len(std), images.shape
    values = images.astype(np.float32)
    if images.dtype == np.uint8:
        values /= 255
    return (values - mean) * std
