"""For uint8 images the difference of two neighbours was taken in bytes, where 3 - 5 is 254. Convert the
image to float32 before you subtract."""

def neighbours(old, new):
    place = np.clip((np.arange(new) + 0.5) * (old / new) - 0.5, 0, old - 1)
    before = np.floor(place).astype(int)
    after = np.minimum(before + 1, old - 1)
    return before, after, (place - before).astype(np.float32)


def resize(image, height, width):
    H, W = image.shape[:2]
    top, bottom, down = neighbours(H, height)
    left, right, across = neighbours(W, width)
    rows = image[top] + (image[bottom] - image[top]) * down[:, None, None]
    return rows[:, left] + (rows[:, right] - rows[:, left]) * across[:, None]
