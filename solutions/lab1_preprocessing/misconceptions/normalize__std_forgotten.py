"""The mean was subtracted, but the result was not divided by std."""

def normalize(images, mean, std):
    values = images.astype(np.float32)
    if images.dtype == np.uint8:
        values /= 255
    return values - mean
