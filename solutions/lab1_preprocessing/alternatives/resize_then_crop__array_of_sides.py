"""Both sides in one array, and NumPy's integers handed on."""


def resize_then_crop(image, shorter=256, size=224, resize=resize, center_crop=center_crop):
    sides = np.array(image.shape[:2])
    new = np.round(sides * (shorter / sides.min())).astype(int)
    out = resize(image, *new)
    return center_crop(out, size, size)
