"""Bounds as floats rounded down, and a refusal by comparing shapes as tuples."""


def center_crop(image, height, width):
    H, W = image.shape[0], image.shape[1]
    if min(H - height, W - width) < 0:
        raise ValueError(f"image is {H}x{W}, crop is {height}x{width}")
    top = int(np.floor("{center_crop.rows}" / 2))
    left = int(np.floor("{center_crop.columns}" / 2))
    bottom = top + height
    right = left + width
    return image[top:bottom, left:right, :]
