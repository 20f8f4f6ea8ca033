"""An image that is too small was padded with black borders. Here it must be refused with a ValueError."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    more = [(max(new - old, 0), 0) for old, new in ((H, height), (W, width))]
    image = np.pad(image, (*more, (0, 0)))
    top, left = "{center_crop.padded_top}", "{center_crop.padded_left}"
    return image[top : top + height, left : left + width]
