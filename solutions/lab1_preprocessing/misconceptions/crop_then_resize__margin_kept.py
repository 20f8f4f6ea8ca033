"""What should be dropped was kept: the crop has the fraction 1 - 0.875 of each side."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    height, width = max(round((1 - share) * H), 1), max(round((1 - share) * W), 1)
    top, left = (H - height) // 2, (W - width) // 2
    return resize(image[top : top + height, left : left + width], size, size)
