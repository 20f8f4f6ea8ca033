"""Takes the wanted rows and columns by their numbers."""

def center_crop(image, height, width):
    H, W = image.shape[:2]
    if H < height or W < width:
        raise ValueError(f"too small: {image.shape}, and {(height, width)} is asked for")
    rows = np.arange(height) + int("{center_crop.rows}" / 2)
    columns = np.arange(width) + int("{center_crop.columns}" / 2)
    return image[rows[:, None], columns]
