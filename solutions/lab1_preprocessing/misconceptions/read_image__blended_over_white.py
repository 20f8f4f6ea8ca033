"""Where the image is transparent it was blended with a background. Here alpha is simply dropped: the colours
stay as they are stored."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):
            grey = (np.asarray(image) // 256).astype(np.uint8)
            return np.stack([grey, grey, grey], axis=-1)
        if image.mode in ("LA", "RGBA"):
            image = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        return np.array(image.convert("RGB"))
