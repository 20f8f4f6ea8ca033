"""The message of the ValueError does not say both sizes, of the picture and of the crop. Whoever reads it wants to know
what did not fit into what."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError("the picture is too small")
    top, left = "{center_crop.top}", "{center_crop.left}"
    return image[top : top + height, left : left + width]
