"""The noise is so small that nobody can see it beside values of a hundred: it is missing, or goes from 0 to 1. It should
go from -20 to 20."""

def get_random_img(content_image, noise):
    return np.random.rand(*content_image.shape) * noise + content_image * (1 - noise)
