"""Every second image was mirrored. That is not random: each image needs a coin of its own."""

def flip(images, rng, p=0.5):
    output = images.copy()
    step = max(round(1 / p), 1)
    output[::step] = images[::step, :, ::-1]
    return output
