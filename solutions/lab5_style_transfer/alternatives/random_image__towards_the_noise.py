"""Goes from the photo towards the noise by the fraction."""


def get_random_img(content_image, noise):
    target = np.random.uniform(low=-20.0, high=20.0, size=content_image.shape)
    return np.float32(content_image + noise * (target - content_image))
