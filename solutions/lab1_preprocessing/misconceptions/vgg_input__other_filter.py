"""Pillow's resize was called without naming a filter, and takes the bicubic one. Ask for
Image.Resampling.BILINEAR."""

def vgg_input(image_dir):
    with Image.open(image_dir) as image:
        pixels = ImageOps.exif_transpose(image).convert("RGB").resize((224, 224))
    values = np.asarray(pixels, dtype=np.float32) - VGG_MEAN
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
