"""Computes what is dropped at each of the four sides."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    rows, columns = H - height, W - width
    if min(rows, columns) < 0:
        raise ValueError(f"the picture ({H}, {W}) is smaller than the crop ({height}, {width})")
    return image[rows // 2 : H - (rows - rows // 2), columns // 2 : W - (columns - columns // 2)].copy()
