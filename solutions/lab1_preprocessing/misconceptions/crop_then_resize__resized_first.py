"""The photo was resized first and cropped afterwards. The result is similar, but the pixels are not the same,
and it costs more work."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    larger = round(size / share)
    resized = resize(image, larger, larger)
    top = (larger - size) // 2
    return resized[top : top + size, top : top + size]
