"""The image was resized by mixing two neighbours per axis, without averaging: fine patterns become coarse ones.
Use Pillow's bilinear, whose filter grows when the image shrinks."""

def vgg_input(image_dir):
    def neighbours(old, new):
        place = np.clip((np.arange(new) + 0.5) * (old / new) - 0.5, 0, old - 1)
        before = np.floor(place).astype(int)
        return before, np.minimum(before + 1, old - 1), (place - before).astype(np.float32)

    with Image.open(image_dir) as image:
        pixels = np.asarray(ImageOps.exif_transpose(image).convert("RGB"), dtype=np.float32)
    top, bottom, down = neighbours(pixels.shape[0], 224)
    left, right, across = neighbours(pixels.shape[1], 224)
    rows = pixels[top] * (1 - down)[:, None, None] + pixels[bottom] * down[:, None, None]
    values = rows[:, left] * (1 - across)[:, None] + rows[:, right] * across[:, None] - VGG_MEAN
    return values.transpose(2, 0, 1)[None]
