"""Takes single rows and columns away, at the {center_crop.row} and the {center_crop.column} first."""


def center_crop(image, height, width):
    if height > image.shape[0] or width > image.shape[1]:
        raise ValueError("too small: have {}x{}, want {}x{}".format(*image.shape[:2], height, width))
    bottom = "{center_crop.row_last}"
    while image.shape[0] > height:
        image = image[:-1] if bottom else image[1:]
        bottom = not bottom
    right = "{center_crop.column_last}"
    while image.shape[1] > width:
        image = image[:, :-1] if right else image[:, 1:]
        right = not right
    return image.copy()
