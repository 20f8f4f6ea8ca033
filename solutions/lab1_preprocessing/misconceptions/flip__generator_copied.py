"""A copy of the generator was drawn from, so the one that was passed in stays where it was, and the next batch is
mirrored just like this one. Draw from the rng itself."""

import copy

def flip(images, rng, p=0.5):
    coins = copy.deepcopy(rng).random(len(images)) < p
    output = images.copy()
    output[coins] = images[coins, :, ::-1]
    return output
