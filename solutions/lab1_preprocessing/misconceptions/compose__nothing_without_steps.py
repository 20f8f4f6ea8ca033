"""Without steps the pipeline returned None. It should return the image as it is."""

def compose(steps):
    steps = tuple(steps)

    def pipeline(image, rng):
        output = None
        for step in steps:
            output = step(image if output is None else output, rng)
        return output

    return pipeline
