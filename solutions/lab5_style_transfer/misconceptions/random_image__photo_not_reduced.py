"""The noise is added to the whole photo. The photo counts by 1 - noise."""

def get_random_img(content_image, noise):
    return np.random.uniform(-20, 20, content_image.shape) * noise + content_image
