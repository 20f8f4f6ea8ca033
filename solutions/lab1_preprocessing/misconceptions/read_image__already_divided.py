"""The values are floats from 0 to 1. read_image returns what files hold, uint8 from 0 to 255; scaling comes
later, in one function."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1) / np.float32(255)
        return np.asarray(image.convert("RGB")) / np.float32(255)
