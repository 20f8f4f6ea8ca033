"""meshgrid, as in many tutorials: four gathers by whole index grids."""

def resize(image, height, width):
    H, W = image.shape[:2]
    x, y = np.meshgrid(
        (np.arange(width) + 0.5) * W / width - 0.5,
        (np.arange(height) + 0.5) * H / height - 0.5,
    )
    x, y = np.clip(x, 0, W - 1), np.clip(y, 0, H - 1)
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    x1, y1 = np.clip(x0 + 1, 0, W - 1), np.clip(y0 + 1, 0, H - 1)
    dx, dy = (x - x0)[:, :, np.newaxis], (y - y0)[:, :, np.newaxis]
    image = image.astype(np.float64)
    top = image[y0, x0] * (1 - dx) + image[y0, x1] * dx
    bottom = image[y1, x0] * (1 - dx) + image[y1, x1] * dx
    return (top * (1 - dy) + bottom * dy).astype(np.float32)
