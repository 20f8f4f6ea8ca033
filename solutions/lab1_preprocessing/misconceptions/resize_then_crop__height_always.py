"""The height was always resized to the given length. In a portrait the width is the shorter side."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    scale = shorter / H
    return center_crop(resize(image, shorter, round(W * scale)), size, size)
