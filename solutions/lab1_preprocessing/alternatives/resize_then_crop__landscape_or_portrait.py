"""Tells landscape from portrait, and rounds by adding a half."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    if H <= W:
        height, width = shorter, int(W * shorter / H + 0.5)
    else:
        height, width = int(H * shorter / W + 0.5), shorter
    return center_crop(resize(image, height, width), size, size)
