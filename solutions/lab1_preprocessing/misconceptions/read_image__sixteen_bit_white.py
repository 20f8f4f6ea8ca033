"""The 16 bit picture came out nearly white: convert cuts every value above 255 off instead of scaling. Take
the upper 8 bits yourself, value // 256."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        return np.array(ImageOps.exif_transpose(image).convert("RGB"))
