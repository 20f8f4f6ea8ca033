"""The black and white image has only the values 0 and 1, so it is all black. On the scale 0 to 255 white is
255."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode == "1":
            return np.stack([np.asarray(image).astype(np.uint8)] * 3, axis=-1)
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))
