"""The pipeline looks at the caller's steps each time it runs: it changes when their list does, and an iterator
is used up after the first run. Keep a tuple of your own."""

def compose(steps):
    def pipeline(image, rng):
        for step in steps:
            image = step(image, rng)
        return image

    return pipeline
