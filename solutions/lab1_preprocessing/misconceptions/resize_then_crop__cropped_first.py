"""The middle square was cut first and then resized. That is another recipe: it keeps all of the square, and
this one drops a margin of it."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    square = min(H, W)
    top, left = (H - square) // 2, (W - square) // 2
    return resize(image[top : top + square, left : left + square], size, size)
