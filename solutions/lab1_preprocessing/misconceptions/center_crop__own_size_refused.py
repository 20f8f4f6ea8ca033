"""A crop of the picture's own size was refused. It fits: nothing is dropped then."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height >= H or width >= W:
        raise ValueError(f"cannot crop {height} x {width} from a picture of {H} x {W}")
    top, left = ("{center_crop.top}", "{center_crop.left}")
    return image[top : top + height, left : left + width]
