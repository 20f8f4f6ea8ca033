"""1 / sqrt(N) was added to the std. It is a floor: take the larger of the two, and leave the std of ordinary
images alone."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean()) / (values.std() + 1 / np.sqrt(np.float32(N)))
