"""Everything by keyword, and one list for the two sides."""


def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    rows, cols = [int(round(n * share)) for n in image.shape[:2]]
    middle = center_crop(image, height=rows, width=cols)
    result = resize(middle, height=size, width=size)
    return result
