"""Every new pixel is a copy of one old pixel. Bilinear mixes the two neighbours on either side, weighted by how
near they are."""

def resize(image, height, width):
    H, W = image.shape[:2]
    rows = np.clip(np.round((np.arange(height) + 0.5) * (H / height) - 0.5), 0, H - 1).astype(int)
    columns = np.clip(np.round((np.arange(width) + 0.5) * (W / width) - 0.5), 0, W - 1).astype(int)
    return image[rows][:, columns].astype(np.float32)
