"""np.random.random_sample, stretched and moved, and the mixture in place."""


def get_random_img(content_image, noise):
    img = (np.random.random_sample(content_image.shape) - 0.5) * 40
    img *= noise
    img += (1 - noise) * content_image
    return img.astype(np.float32)
