"""The steps ran from the last to the first. A pipeline runs its first step first."""

def compose(steps):
    steps = tuple(steps)

    def pipeline(image, rng):
        for step in reversed(steps):
            image = step(image, rng)
        return image

    return pipeline
