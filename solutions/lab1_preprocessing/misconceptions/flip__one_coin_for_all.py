"""One coin was tossed for the whole batch: all images are mirrored, or none. Each image needs its own."""

def flip(images, rng, p=0.5):
    return images[:, :, ::-1].copy() if rng.random() < p else images.copy()
