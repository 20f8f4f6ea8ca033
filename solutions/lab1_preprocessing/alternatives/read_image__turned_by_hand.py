"""Looks the orientation up and turns the array; 16 bit by rounding to the nearest of 255 levels."""

def read_image(image_dir):
    with Image.open(image_dir) as image:
        tag = image.getexif().get(0x0112, 1)
        if image.mode in ("I;16", "I;16B", "I;16L", "I"):
            grey = np.round(np.asarray(image) / 257).astype(np.uint8)
            pixels = np.repeat(grey[:, :, None], 3, axis=2)
        else:
            pixels = np.asarray(image.convert("RGB"))
        if tag >= 5:
            pixels = pixels.transpose(1, 0, 2)
        if tag in (3, 4, 7, 8):
            pixels = pixels[::-1]
        if tag in (2, 3, 6, 7):
            pixels = pixels[:, ::-1]
        return pixels
