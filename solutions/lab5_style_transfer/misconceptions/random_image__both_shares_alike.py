"""Photo and noise were both multiplied by `noise`. The photo's fraction is what is left: 1 - noise."""


def get_random_img(content_image, noise):
    assert 0 <= noise <= 1, noise
    drawn = np.random.uniform(-20, 20, content_image.shape).astype(content_image.dtype)
    return drawn * noise + content_image * noise
