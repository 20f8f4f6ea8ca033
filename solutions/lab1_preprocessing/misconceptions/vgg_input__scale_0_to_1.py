"""The image was divided by 255 before the mean, which is on the scale 0..255, was subtracted: the result is
hardly more than minus the mean."""

def vgg_input(image_dir):
    with Image.open(image_dir) as image:
        pixels = ImageOps.exif_transpose(image).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    values = np.asarray(pixels, dtype=np.float32) / 255 - VGG_MEAN
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
