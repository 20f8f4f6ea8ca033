"""The noise was mixed into the photo itself, which is needed again."""

def get_random_img(content_image, noise):
    content_image *= 1 - noise
    content_image += np.random.uniform(-20, 20, content_image.shape) * noise
    return content_image.copy()
