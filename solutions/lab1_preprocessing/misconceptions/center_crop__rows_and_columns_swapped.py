"""Rows were cut as columns and columns as rows. The first axis holds the rows: cut it from top to top + height."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from a picture of {H} x {W}")
    top, left = ("{center_crop.top}", "{center_crop.left}")
    return image[left : left + width, top : top + height]
