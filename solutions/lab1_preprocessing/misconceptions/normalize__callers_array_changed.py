"""The calculation was done in the caller's array (images -= mean), so normalising twice returns something else
the second time. Work on a new array."""

def normalize(images, mean, std):
    if images.dtype == np.uint8:
        images = images.astype(np.float32) / 255
    images -= mean
    images /= std
    return images
