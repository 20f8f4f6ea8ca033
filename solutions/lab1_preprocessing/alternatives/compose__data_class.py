"""A frozen dataclass that can be called."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pipeline:
    steps: tuple

    def __call__(self, image, rng):
        x = image
        for f in self.steps:
            x = f(x, rng)
        return x


def compose(steps):
    return Pipeline(tuple(steps))
