"""The batch axis is missing: the network takes [N, C, H, W], with N = 1 for one photo."""

def vgg_input(image_dir):
    with Image.open(image_dir) as image:
        pixels = ImageOps.exif_transpose(image).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    values = np.asarray(pixels, dtype=np.float32) - VGG_MEAN
    return np.ascontiguousarray(values.transpose(2, 0, 1))
