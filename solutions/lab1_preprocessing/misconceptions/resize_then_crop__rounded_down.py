"""The longer side was rounded down. Integer division and int() cut off: 21.6 rows are nearer to 22 than to
21."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    shortest = min(H, W)
    return center_crop(resize(image, H * shorter // shortest, W * shorter // shortest), size, size)
