"""One coin was thrown for the whole batch: all pictures are mirrored, or none. Each picture has its own."""

def flip(images, rng, p=0.5):
    return images[:, :, ::-1].copy() if rng.random() < p else images.copy()
