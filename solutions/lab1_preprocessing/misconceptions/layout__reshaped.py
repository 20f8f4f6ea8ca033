"""reshape only folds the same row of values differently: the shape is right, and nearly every pixel is
somewhere else. Move the axis instead.

The line that makes the new shape. Take one image of a single row with two pixels, (1, 2, 3) and (4, 5, 6), and write
down on paper what its red, green and blue planes should hold. What do yours hold?

In memory an array is one long row of values, and its shape only says how to read them. reshape keeps the row and
folds it by other lengths, so your first plane gets the red and the green of one pixel. What you want there is the red
of every pixel, and those do not lie side by side: values have to change places, and that takes another order of the
axes.

Say of each axis of the result which axis of the input it was, and have NumPy reorder them so. Rows stay before
columns. Count the axes from the end, and the same line is right for one image and for a batch.
"""


def to_channels_first(images):
    *batch, H, W, C = images.shape
    return images.reshape(*batch, C, H, W)


def to_channels_last(images):
    *batch, C, H, W = images.shape
    return images.reshape(*batch, H, W, C)
