"""The image was divided by its std alone. An image of one colour has std 0, and 0 / 0 is nan; one with hardly
any contrast becomes a storm of noise."""

def whiten(image):
    N = image.size
    values = image.astype(np.float32)
    return (values - values.mean()) / values.std()
