"""Height and width changed places on the way into resize: rows come first there."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    scale = shorter / min(H, W)
    return center_crop(resize(image, round(W * scale), round(H * scale)), size, size)
