"""The images were mirrored in the caller's array, so the originals are gone. Return a new array."""

def flip(images, rng, p=0.5):
    coins = rng.random(len(images)) < p
    images[coins] = images[coins, :, ::-1]
    return images
