"""rng.choice with probabilities, and a step of 1 or -1 for the slice."""


def flip(images, rng, p=0.5):
    steps = rng.choice([-1, 1], size=images.shape[0], p=[p, 1 - p])
    result = np.empty_like(images)
    for target, image, step in zip(result, images, steps):
        target[...] = image[:, ::step]
    return result
