"""Numbers from 0 to 1, stretched."""

def get_random_img(content_image, noise):
    drawn = 40 * np.random.rand(*content_image.shape) - 20
    return content_image + noise * (drawn - content_image)
