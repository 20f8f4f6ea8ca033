"""Rounds by adding a half, and cuts by slicing."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    height, width = int(H * share + 0.5), int(W * share + 0.5)
    top, left = (H - height) // 2, (W - width) // 2
    return resize(image[top : top + height, left : left + width], size, size)
