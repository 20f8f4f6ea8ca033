"""Rows and columns were both reversed: that is half a turn, not a mirror image. Reverse the columns only."""

def flip(images, rng, p=0.5):
    coins = rng.random(len(images)) < p
    output = images.copy()
    output[coins] = images[coins, ::-1, ::-1]
    return output
