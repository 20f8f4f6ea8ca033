"""The photo is scaled down, but the noise is not: it counts by its fraction, too."""

def get_random_img(content_image, noise):
    return np.random.uniform(-20, 20, content_image.shape) + content_image * (1 - noise)
