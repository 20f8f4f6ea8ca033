"""The result has width rows and height columns. NumPy counts rows first, [height, width, 3]; only Pillow's
sizes are (width, height)."""

def neighbours(old, new):
    place = np.clip((np.arange(new) + 0.5) * (old / new) - 0.5, 0, old - 1)
    before = np.floor(place).astype(int)
    after = np.minimum(before + 1, old - 1)
    return before, after, (place - before).astype(np.float32)


def resize(image, height, width):
    H, W = image.shape[:2]
    image = image.astype(np.float32)
    top, bottom, down = neighbours(H, width)
    left, right, across = neighbours(W, height)
    down, across = down[:, None, None], across[:, None]
    rows = image[top] * (1 - down) + image[bottom] * down
    return rows[:, left] * (1 - across) + rows[:, right] * across
