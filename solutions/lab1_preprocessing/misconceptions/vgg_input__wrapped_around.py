"""The mean was rounded to bytes and subtracted from bytes, where 3 - 5 is 254. Convert the image to float32
first."""

def vgg_input(image_dir):
    with Image.open(image_dir) as image:
        pixels = ImageOps.exif_transpose(image).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    values = (np.asarray(pixels) - VGG_MEAN.astype(np.uint8)).astype(np.float32)
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
