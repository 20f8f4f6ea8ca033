"""The start was computed as H // 2 - height // 2. Each half is rounded by itself, so some crops are one pixel
off: halve the difference, {center_crop.top}."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from {H} x {W}")

    top, left = H // 2 - height // 2, W // 2 - width // 2
    return image[top : top + height, left : left + width]
