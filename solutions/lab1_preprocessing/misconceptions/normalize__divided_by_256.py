"""Bytes were divided by 256. The largest byte is 255, and it must become 1."""


def normalize(images, mean, std):
    assert images.shape[-1] == len(mean) == len(std), images.shape
    values = images.astype(np.float32)
    if images.dtype == np.uint8:
        values /= 256
    return (values - mean) / std
