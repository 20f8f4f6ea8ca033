"""The smallest deviation was taken as one over the root of the number of rows. N is the number of all values of the
picture."""


def whiten(image):
    N = image.shape[0]
    values = image.astype(np.float32)
    return (values - values.mean()) / max(values.std(), 1 / np.sqrt(np.float32(N)))
