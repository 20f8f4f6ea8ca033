"""Mean and std were applied in the order blue, green, red. The channels of the images are red, green, blue, and
mean and std come in the same order."""

def normalize(images, mean, std):
    values = images.astype(np.float32)
    if images.dtype == np.uint8:
        values /= 255
    return (values - mean[::-1]) / std[::-1]
