"""A loop with one coin a picture."""

def flip(images, rng, p=0.5):
    output = np.empty_like(images)
    for n, image in enumerate(images):
        output[n] = np.fliplr(image) if rng.uniform() <= p else image
    return output
