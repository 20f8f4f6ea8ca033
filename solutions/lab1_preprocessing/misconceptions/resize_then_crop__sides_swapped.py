"""Height and width were swapped on the way into resize: there the rows come first."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    scale = shorter / min(H, W)
    return center_crop(resize(image, round(W * scale), round(H * scale)), size, size)
