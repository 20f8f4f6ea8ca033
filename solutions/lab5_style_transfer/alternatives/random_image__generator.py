"""NumPy's newer generators."""

def get_random_img(content_image, noise):
    drawn = np.random.default_rng().uniform(-20.0, 20.0, size=content_image.shape)
    return (noise * drawn + (1 - noise) * content_image).astype(np.float32)
