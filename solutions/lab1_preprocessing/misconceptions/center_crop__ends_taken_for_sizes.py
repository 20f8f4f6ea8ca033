"""The slice ends at the height and the width themselves: image[top:height, left:width]. The end of a slice is a
position, top + height."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if height > H or width > W:
        raise ValueError(f"cannot crop {height} x {width} from {H} x {W}")

    top, left = "{center_crop.top}", "{center_crop.left}"
    return image[top:height, left:width]
