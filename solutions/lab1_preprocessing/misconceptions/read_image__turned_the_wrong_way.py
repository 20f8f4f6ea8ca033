"""Orientations 6 and 8 were confused: 6 means that the stored image must be turned a quarter clockwise, 8
anticlockwise."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        tag = image.getexif().get(274, 1)
        if tag in (6, 8):
            image = image.transpose(Image.Transpose.ROTATE_90 if tag == 6 else Image.Transpose.ROTATE_270)
        else:
            image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))
