"""The positions were computed as i * old / new, without the two halves: the image slides towards one corner.
Values belong to the middles of pixels.

The line that turns the index of a new pixel into a position among the old ones. Try it with a row of 4 pixels that
becomes 8: your first new pixel falls on old position 0 and your last on 3.5, beyond the last old pixel. It has moved
up and left.

A pixel is a small square, and its value stands for its middle. The middle of new pixel 0 lies half a new pixel
from the border. Measured in old pixels that is half of old / new; and the middle of old pixel 0 lies half an old
pixel from the border too. So go from index to middle, scale, and go back from middle to index.

It needs two halves: one added to the new index before it is scaled, one subtracted afterwards. Then 4 to 8 begins
at -0.25, which is held at 0, and ends at 3.25, which is held at 3.
"""


def neighbours(old, new):
    place = np.clip(np.arange(new) * (old / new), 0, old - 1)
    before = np.floor(place).astype(int)
    after = np.minimum(before + 1, old - 1)
    return before, after, (place - before).astype(np.float32)


def resize(image, height, width):
    H, W = image.shape[:2]
    image = image.astype(np.float32)
    top, bottom, down = neighbours(H, height)
    left, right, across = neighbours(W, width)
    down, across = down[:, None, None], across[:, None]
    rows = image[top] * (1 - down) + image[bottom] * down
    return rows[:, left] * (1 - across) + rows[:, right] * across
