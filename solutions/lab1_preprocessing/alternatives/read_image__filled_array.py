"""An empty array of three planes that are filled one after another."""


def read_image(image_dir):
    with Image.open(image_dir) as f:
        f = ImageOps.exif_transpose(f)
        if f.mode in ("I", "I;16", "I;16B", "I;16L"):
            planes = [np.floor_divide(np.array(f, dtype=np.int32), 256)] * 3
        else:
            planes = [np.array(band) for band in f.convert("RGB").split()]
    picture = np.zeros((f.height, f.width, 3), np.uint8)
    for k in range(3):
        picture[:, :, k] = planes[k]
    return picture
