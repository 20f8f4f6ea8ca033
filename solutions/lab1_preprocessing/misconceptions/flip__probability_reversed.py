"""An image was mirrored with probability 1 - p. rng.random() is below p with probability p."""

def flip(images, rng, p=0.5):
    coins = rng.random(len(images)) > p
    output = images.copy()
    output[coins] = images[coins, :, ::-1]
    return output
