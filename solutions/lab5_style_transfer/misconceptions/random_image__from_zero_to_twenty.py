"""The noise goes from 0 to 20, so the image becomes brighter. It should go from -20 to 20."""

def get_random_img(content_image, noise):
    return np.random.uniform(0, 20, content_image.shape) * noise + content_image * (1 - noise)
