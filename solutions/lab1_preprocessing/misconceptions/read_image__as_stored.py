"""The array holds what the file stores, whatever that is: a grey image has two axes, a palette image the
indices of its colours, others four channels. Ask Pillow to convert it to RGB."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        return np.array(ImageOps.exif_transpose(image))
