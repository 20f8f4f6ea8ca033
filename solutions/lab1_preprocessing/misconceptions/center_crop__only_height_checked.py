"""Only the height was compared with the picture's. A picture that is too narrow must be refused as well."""


def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H:
        raise ValueError(f"cannot crop {height} x {width} from a picture of {H} x {W}")
    top, left = ("{center_crop.top}", "{center_crop.left}")
    return image[top : top + height, left : left + width]
