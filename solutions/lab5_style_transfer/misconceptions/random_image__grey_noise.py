"""Red, green and blue get the same noise. Every entry of the image has to be drawn on its own."""

def get_random_img(content_image, noise):
    grey = np.random.uniform(-20, 20, content_image[:, :1].shape)
    return grey * noise + content_image * (1 - noise)
