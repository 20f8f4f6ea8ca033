"""The coins came from np.random, not from the generator that was passed in: the same seed gives a different
result each time."""

def flip(images, rng, p=0.5):
    coins = np.random.rand(len(images)) < p
    output = images.copy()
    output[coins] = images[coins, :, ::-1]
    return output
