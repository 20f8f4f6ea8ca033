"""The longer side was resized to the given length, not the shorter one: divide by min(H, W), not by max(H,
W)."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    scale = shorter / max(H, W)
    height, width = round(H * scale), round(W * scale)
    return center_crop(resize(image, height, width), min(size, height), min(size, width))
