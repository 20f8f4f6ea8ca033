"""The images were turned upside down: the rows are axis 1 of a batch. Left and right are the columns, axis
2."""

def flip(images, rng, p=0.5):
    coins = rng.random(len(images)) < p
    output = images.copy()
    output[coins] = images[coins, ::-1]
    return output
