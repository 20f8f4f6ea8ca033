"""The result was divided by the square of std. std is the standard deviation, not the variance."""

def normalize(images, mean, std):
    values = images.astype(np.float32)
    if images.dtype == np.uint8:
        values /= 255
    return (values - mean) / std**2
