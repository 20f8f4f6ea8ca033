"""One row and one column too many were dropped at both ends. A slice leaves its end out already, so that top to top +
height holds just `height` rows."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from a picture of {H} x {W}")
    top, left = ("{center_crop.top}", "{center_crop.left}")
    return image[top + 1 : top + height - 1, left + 1 : left + width - 1]
