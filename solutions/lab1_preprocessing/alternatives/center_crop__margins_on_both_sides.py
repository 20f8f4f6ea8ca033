"""Computes what is dropped at each of the four sides."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    rows, columns = H - height, W - width
    if min(rows, columns) < 0:
        raise ValueError(f"the picture ({H}, {W}) is smaller than the crop ({height}, {width})")
    above, before = (rows + "{center_crop.one_above}") // 2, (columns + "{center_crop.one_before}") // 2
    return image[above : H - (rows - above), before : W - (columns - before)].copy()
