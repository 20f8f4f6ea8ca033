"""The picture was divided by 255 and no mean was subtracted. VGG19 was trained on 0 to 255 with the mean colour
subtracted."""


def vgg_input(image_dir):
    with Image.open(image_dir) as photo:
        upright = ImageOps.exif_transpose(photo).convert("RGB")
    values = np.asarray(upright.resize((224, 224), Image.Resampling.BILINEAR), dtype=np.float32) / 255
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
