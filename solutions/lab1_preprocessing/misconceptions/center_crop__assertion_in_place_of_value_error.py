"""A picture that is too small ended in an AssertionError. Whoever calls the function waits for a ValueError; and
assertions can be switched off."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        assert False
    top, left = ("{center_crop.top}", "{center_crop.left}")
    return image[top : top + height, left : left + width]
