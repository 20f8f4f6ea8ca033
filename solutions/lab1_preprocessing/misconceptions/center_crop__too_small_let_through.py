"""An image that is too small was not refused: slices that reach too far silently return something else. Compare
the sizes first and raise a ValueError."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    top, left = "{center_crop.top}", "{center_crop.left}"
    return image[max(top, 0) : top + height, max(left, 0) : left + width]
