"""This noise goes from 0 to 1, which nobody can see beside values of a hundred. It should go from -20 to 20."""

def get_random_img(content_image, noise):
    return np.random.rand(*content_image.shape) * noise + content_image * (1 - noise)
