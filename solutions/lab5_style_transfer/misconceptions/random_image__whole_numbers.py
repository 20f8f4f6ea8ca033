"""The noise consists of integers only. Uniform between -20 and 20 means any value in between: draw floats."""


def get_random_img(content_image, noise):
    assert 0 <= noise <= 1, noise
    drawn = np.random.randint(-20, 20, content_image.shape).astype(content_image.dtype)
    return drawn * noise + content_image * (1 - noise)
