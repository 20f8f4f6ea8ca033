"""Resizes each channel as a picture of floats, which Pillow does not round."""

def vgg_input(image_dir):
    image = ImageOps.exif_transpose(Image.open(image_dir)).convert("RGB")
    output = np.empty((1, 3, 224, 224), dtype=np.float32)
    for c, channel in enumerate(image.split()):
        output[0, c] = np.asarray(channel.convert("F").resize((224, 224), Image.Resampling.BILINEAR)) - VGG_MEAN[c]
    return output
