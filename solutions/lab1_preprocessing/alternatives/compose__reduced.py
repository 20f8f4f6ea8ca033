"""functools.reduce over the steps."""

from functools import reduce


def compose(steps):
    steps = list(steps)
    return lambda image, rng: reduce(lambda picture, step: step(picture, rng), steps, image)
