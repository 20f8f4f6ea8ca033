"""The mean was subtracted in the order blue, green, red: 103.939 belongs to blue, which comes last."""

def vgg_input(image_dir):
    with Image.open(image_dir) as image:
        pixels = ImageOps.exif_transpose(image).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    values = np.asarray(pixels, dtype=np.float32) - VGG_MEAN[::-1]
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
