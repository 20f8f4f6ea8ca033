"""The sides of the crop were cut to integers with int. Round to the nearest one."""


def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    H, W = image.shape[:2]
    return resize(center_crop(image, int(share * H), int(share * W)), size, size)
