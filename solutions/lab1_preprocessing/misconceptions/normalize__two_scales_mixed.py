"""The pictures are on the scale 0 to 1 and the mean on 0 to 255. Both must be on one scale before they are
subtracted."""


def normalize(images, mean, std):
    assert images.shape[-1] == len(mean) == len(std), images.shape
    values = images.astype(np.float32)
    if images.dtype == np.uint8:
        values /= 255
    return (values - mean * 255) / std
