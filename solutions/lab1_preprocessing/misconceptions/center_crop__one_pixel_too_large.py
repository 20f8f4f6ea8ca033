"""The crop is a row and a column too large. A slice leaves its end out, so that top + height is where it must end."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from a picture of {H} x {W}")
    top, left = ("{center_crop.top}", "{center_crop.left}")
    return image[top : top + height + 1, left : left + width + 1]
