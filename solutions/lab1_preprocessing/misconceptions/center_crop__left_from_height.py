"""The left margin was computed from the heights. Columns have sizes of their own: left = {center_crop.left}."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from {H} x {W}")

    top = left = "{center_crop.top}"
    return image[top : top + height, left : left + width]
