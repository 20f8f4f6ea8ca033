"""This noise goes from 0 to 1, which nobody can see beside numbers of a hundred. It is asked for from -20 to
20."""

def get_random_img(content_image, noise):
    return np.random.rand(*content_image.shape) * noise + content_image * (1 - noise)
