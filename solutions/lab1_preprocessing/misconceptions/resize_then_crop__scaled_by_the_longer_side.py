"""The scale was computed from the longer side, so that the shorter one ends up smaller than the crop. The shorter side
is to become `shorter`."""


def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    scale = shorter / max(H, W)
    return center_crop(resize(image, round(H * scale), round(W * scale)), size, size)
