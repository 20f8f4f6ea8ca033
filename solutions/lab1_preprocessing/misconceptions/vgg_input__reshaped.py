"""reshape returns the right shape and moves no value: every plane holds a third of the photo, with its colours
mixed. Transpose."""

def vgg_input(image_dir):
    with Image.open(image_dir) as image:
        pixels = ImageOps.exif_transpose(image).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    values = np.asarray(pixels, dtype=np.float32) - VGG_MEAN
    return np.ascontiguousarray(values.reshape(1, 3, 224, 224))
