"""A comprehension over the pictures, stacked at the end."""


def flip(images, rng, p=0.5):
    chosen = [np.fliplr(im) if rng.uniform() < p else im for im in images]
    return np.stack(chosen)
