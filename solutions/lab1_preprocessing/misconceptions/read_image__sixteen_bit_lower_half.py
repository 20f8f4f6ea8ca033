"""The lower 8 bits of each 16 bit value were kept, which look like noise. astype(np.uint8) drops the upper
ones; divide by 256 first."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):
            grey = np.asarray(image).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))
