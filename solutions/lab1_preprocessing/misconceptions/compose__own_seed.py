"""The steps got a generator with a fixed seed, made inside. Pass on the rng that the pipeline is called
with."""

def compose(steps):
    steps = tuple(steps)

    def pipeline(image, rng):
        rng = np.random.default_rng(0)
        for step in steps:
            image = step(image, rng)
        return image

    return pipeline
