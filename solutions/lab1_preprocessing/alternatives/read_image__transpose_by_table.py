"""Pillow's transpositions looked up by the note; every mode goes through RGBA."""


def read_image(image_dir):
    TURN = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    img = Image.open(image_dir)
    note = img.getexif().get(274, 1)
    if note in TURN:
        img = img.transpose(TURN[note])
    if img.mode[0] == "I":
        deep = np.array(img).astype(np.int64) >> 8
        return np.repeat(deep[:, :, np.newaxis], 3, axis=2).astype(np.uint8)
    if img.mode == "CMYK":
        return np.array(img.convert("RGB"))
    return np.array(img.convert("RGBA"))[..., :3]
