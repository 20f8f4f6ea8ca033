"""The crop begins at the top left corner, so the margin is cut from the bottom and the right only. Cut out the
middle."""

def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    return resize(image[: round(share * H), : round(share * W)], size, size)
