"""The steps ran from the last to the first. Pipelines are read from the front."""

def compose(steps):
    steps = tuple(steps)

    def pipeline(image, rng):
        for step in reversed(steps):
            image = step(image, rng)
        return image

    return pipeline
