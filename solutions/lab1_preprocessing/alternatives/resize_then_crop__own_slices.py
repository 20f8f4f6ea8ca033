"""Cuts the middle out by slicing."""

def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    height, width = np.rint(np.array([H, W]) * (shorter / min(H, W))).astype(int)
    image = resize(image, height, width)
    top, left = (height - size) // 2, (width - size) // 2
    return image[top : top + size, left : left + size]
