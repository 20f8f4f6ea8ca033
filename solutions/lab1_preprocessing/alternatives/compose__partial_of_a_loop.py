"""functools.partial of a function that runs a list."""

from functools import partial


def run_all(steps, image, rng):
    for i in range(len(steps)):
        image = steps[i](image, rng)
    return image


def compose(steps):
    return partial(run_all, [*steps])
