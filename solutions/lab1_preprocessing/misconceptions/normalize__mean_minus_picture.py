"""The sign is wrong: it is image minus mean. The network would see a negative."""

def normalize(images, mean, std):
    values = images.astype(np.float32)
    if images.dtype == np.uint8:
        values /= 255
    return (mean - values) / std
