"""The 16 bit image came out nearly white: convert clips every value above 255 instead of scaling. Take the
upper 8 bits yourself, value // 256."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        return np.array(ImageOps.exif_transpose(image).convert("RGB"))
