"""Converts first and turns last; the deep picture goes through mode F."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        tags = image.getexif()
        if image.mode.startswith("I"):
            deep = np.asarray(image, dtype=np.float64)
            image = Image.fromarray((deep / 256).astype(np.uint8))
        image = image.convert("RGB")
        methods = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
        tag = tags.get(274)
        if tag in methods:
            image = image.transpose(Image.Transpose(methods[tag]))
        return np.array(image)
