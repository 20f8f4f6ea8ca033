"""An object that can be called, as in torchvision."""

class Pipeline:
    def __init__(self, steps):
        self.steps = [*steps]

    def __call__(self, image, rng):
        for step in self.steps:
            image = step(image, rng)
        return image


def compose(steps):
    return Pipeline(steps)
