"""The window was cut as image[top:-top], which is empty where nothing is to be dropped (-0 is 0), and {center_crop.off}
where the margin is odd. End at top + height."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from {H} x {W}")

    top, left = "{center_crop.top}", "{center_crop.left}"
    return image[top:-top, left:-left]
