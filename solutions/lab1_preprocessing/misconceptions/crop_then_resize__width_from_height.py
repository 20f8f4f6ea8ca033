"""The width of the crop was computed from the height. A square image hides that; others are cut too narrow or
too wide."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    height = round(share * H)
    left = max((W - height) // 2, 0)
    top = (H - height) // 2
    return resize(image[top : top + height, left : left + height], size, size)
