"""Gathers the four neighbours of every new pixel and adds them with their four shares, in float64."""

def resize(image, height, width):
    H, W = image.shape[:2]
    y = np.clip((np.arange(height) + 0.5) * H / height - 0.5, 0, H - 1)[:, None]
    x = np.clip((np.arange(width) + 0.5) * W / width - 0.5, 0, W - 1)[None]
    top, left = y.astype(int), x.astype(int)
    bottom, right = np.minimum(top + 1, H - 1), np.minimum(left + 1, W - 1)
    down, across = (y - top)[..., None], (x - left)[..., None]
    return (
        image[top, left] * ((1 - down) * (1 - across))
        + image[top, right] * ((1 - down) * across)
        + image[bottom, left] * (down * (1 - across))
        + image[bottom, right] * (down * across)
    )
