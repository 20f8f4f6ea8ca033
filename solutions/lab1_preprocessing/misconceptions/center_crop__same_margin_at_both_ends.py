"""The same whole margin was taken off both ends, which leaves {center_crop.same_margin} where the margin is odd. End
at top + height."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from a picture of {H} x {W}")
    top, left = ("{center_crop.top}", "{center_crop.left}")
    return image[top : H - top, left : W - left]
