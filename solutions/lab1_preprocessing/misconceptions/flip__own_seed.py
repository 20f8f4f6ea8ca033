"""A generator with a fixed seed was made inside, so the same images of every batch are mirrored for ever. Draw
from the rng that was passed in."""

def flip(images, rng, p=0.5):
    rng = np.random.default_rng(0)
    coins = rng.random(len(images)) < p
    output = images.copy()
    output[coins] = images[coins, :, ::-1]
    return output
