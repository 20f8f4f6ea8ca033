"""The noise is normally distributed. It should be uniform, from -20 to 20."""

def get_random_img(content_image, noise):
    return np.random.normal(0, 20 / np.sqrt(3), content_image.shape) * noise + content_image * (1 - noise)
