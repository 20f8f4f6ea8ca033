"""One coin was tossed for the whole batch: all images are mirrored, or none. Each image needs its own.

The line that draws. Call `flip` ten times on a batch of eight images with p = 0.5, and count each time how many were
mirrored. Which counts come up? Which ones would eight coins give?

Mirroring is there to mix: in one step of the training some cats should look to the left and others to the right. With
one coin a batch is mirrored as a whole or not at all. Over many batches every image is still mirrored half of the
time, which is why no average betrays the mistake. But what a single step sees is as uniform as before, and so the
augmentation does only a part of its work.

Draw as many values as there are images, and compare each of them with p. The comparisons are an array of yes and no
that picks images out of the batch. Mirror the chosen ones in a copy and leave the others as they are.
"""


def flip(images, rng, p=0.5):
    return images[:, :, ::-1].copy() if rng.random() < p else images.copy()
