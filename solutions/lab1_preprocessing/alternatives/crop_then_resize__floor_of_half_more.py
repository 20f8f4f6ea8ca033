"""Rounds by a floor where no half can occur, and unpacks a generator."""


def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    def whole(n):
        return round(float(share * n))

    h, w = (whole(n) for n in image.shape[:2])
    return resize(center_crop(image, h, w), *[size] * 2)
