"""The fractions are exchanged: noise is the fraction of the noise, 1 - noise that of the photo."""

def get_random_img(content_image, noise):
    drawn = np.random.uniform(-20, 20, content_image.shape)
    return drawn * (1 - noise) + content_image * noise
