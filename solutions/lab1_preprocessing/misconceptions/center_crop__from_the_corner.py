"""The crop begins at the top left corner. The middle begins after half of the surplus rows and columns."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from {H} x {W}")

    return image[:height, :width]
