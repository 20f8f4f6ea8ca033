"""The function's body says 256. That is only the default of `shorter`: use the argument."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    scale = 256 / min(H, W)
    resized = resize(image, round(H * scale), round(W * scale))
    top, left = (resized.shape[0] - size) // 2, (resized.shape[1] - size) // 2
    return resized[top : top + size, left : left + size]
