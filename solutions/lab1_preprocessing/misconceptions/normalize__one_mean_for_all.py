"""The means of the three channels were averaged to one value, and so were the stds. Every channel has its own
mean and std."""

def normalize(images, mean, std):
    values = images.astype(np.float32)
    if images.dtype == np.uint8:
        values /= 255
    return (values - np.mean(mean)) / np.mean(std)
