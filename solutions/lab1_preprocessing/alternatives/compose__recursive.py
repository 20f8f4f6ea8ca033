"""The first step, then the pipeline of the rest."""


def compose(steps):
    steps = list(steps)
    if not steps:
        return lambda image, rng: image
    first, rest = steps[0], compose(steps[1:])

    def pipeline(image, rng):
        return rest(first(image, rng), rng)

    return pipeline
