"""np.average of noise and photo with weights."""


def get_random_img(content_image, noise):
    rng = np.random.default_rng()
    static = rng.uniform(-20, 20, size=content_image.shape)
    both = np.stack([static, content_image])
    return np.tensordot(np.array([noise, 1 - noise]), both, axes=1).astype(content_image.dtype)
