"""Red and blue are swapped: the channels came as blue, green, red. Some libraries (OpenCV) read in that order;
this lab's images are red, green, blue."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))[:, :, ::-1]
