"""The colours are right, but the camera's note was not obeyed: photos with an EXIF orientation come out lying
on their side, upside down or mirrored."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))
