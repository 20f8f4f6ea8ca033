"""A helper for mean and deviation; the floor by np.maximum; float32 throughout."""


def moments(values):
    mean = np.mean(values)
    return mean, np.sqrt(np.mean((values - mean) ** 2))


def whiten(image):
    values = np.float32(image)
    mean, std = moments(values)
    return (values - mean) / np.maximum(std, np.float32(1.0 / np.sqrt(image.size)))
