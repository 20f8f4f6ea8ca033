"""Functions nested into one another, from the front."""


def compose(steps):
    def both(first, second):
        return lambda image, rng: second(first(image, rng), rng)

    pipeline = lambda image, rng: image
    for step in steps:
        pipeline = both(pipeline, step)
    return pipeline
