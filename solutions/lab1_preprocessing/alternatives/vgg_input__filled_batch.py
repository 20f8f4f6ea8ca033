"""A batch of one, filled channel by channel."""


def vgg_input(image_dir):
    with Image.open(image_dir) as im:
        im = ImageOps.exif_transpose(im)
        rgb = np.asarray(im.convert("RGB").resize((224, 224), 2))
    batch = np.zeros((1, 3, 224, 224), dtype="float32")
    for c, m in enumerate(VGG_MEAN):
        batch[0, c] = rgb[:, :, c] - m
    return batch
