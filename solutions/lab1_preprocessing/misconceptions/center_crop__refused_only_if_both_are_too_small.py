"""A picture was refused only where both sides are too small. One of them is enough: compare with or."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H and width > W:
        raise ValueError(f"cannot crop {height} x {width} from a picture of {H} x {W}")
    top, left = ("{center_crop.top}", "{center_crop.left}")
    return image[top : top + height, left : left + width]
