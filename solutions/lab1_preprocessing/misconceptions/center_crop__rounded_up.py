"""With an odd number of rows or columns to drop, the extra one was taken from the {center_crop.other_row} or the {center_crop.other_column}.
It goes at the {center_crop.row} and at the {center_crop.column}: top = {center_crop.top}."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from {H} x {W}")

    top, left = "{center_crop.other_top}", "{center_crop.other_left}"
    return image[top : top + height, left : left + width]
