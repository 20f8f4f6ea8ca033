"""Each run worked on a copy of the generator, so every run draws the same values. Pass on the very generator
that the pipeline got."""

def compose(steps):
    steps = tuple(steps)

    def pipeline(image, rng):
        import copy

        rng = copy.deepcopy(rng)
        for step in steps:
            image = step(image, rng)
        return image

    return pipeline
