"""The sizes of the crop were rounded down by int() or //. 15.75 is nearer to 16 than to 15."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    height, width = int(share * H), int(share * W)
    top, left = (H - height) // 2, (W - width) // 2
    return resize(image[top : top + height, left : left + width], size, size)
