"""Both sides in one array, and NumPy's integers handed on."""


def crop_then_resize(image, share=0.875, size=224, resize=resize, center_crop=center_crop):
    keep = np.rint(np.multiply(image.shape[:2], share)).astype(np.int64)
    return resize(center_crop(image, keep[0], keep[1]), size, size)
