"""Whether to divide by 255 was decided by the first value of the image. The first pixel may be black. The dtype
decides: uint8 means 0..255."""

def normalize(images, mean, std):
    values = images.astype(np.float32)
    if values.flat[0] > 1:
        values /= 255
    return (values - mean) / std
