"""The palette image's indices were taken for grey values. They are positions in a table of colours: index 3
means the fourth colour of the palette."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode == "P":
            return np.stack([np.asarray(image)] * 3, axis=-1)
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))
