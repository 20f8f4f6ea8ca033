"""Half of the images are mirrored whatever p is."""

def flip(images, rng, p=0.5):
    coins = rng.integers(0, 2, len(images)) == 1
    output = images.copy()
    output[coins] = images[coins, :, ::-1]
    return output
