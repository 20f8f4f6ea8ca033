"""An index of columns for every picture, gathered by take_along_axis."""


def flip(images, rng, p=0.5):
    n, h, w, c = images.shape
    mirrored = rng.random(n) < p
    columns = np.arange(w)
    index = np.where(mirrored[:, None], columns[::-1], columns)
    return np.take_along_axis(images, index[:, None, :, None], axis=2)
