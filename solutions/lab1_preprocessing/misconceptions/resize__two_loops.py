"""The values are right, but Python visits every new pixel. Indices and weights are the same for all columns of
a row: index with arrays of rows and of columns, and let NumPy mix whole arrays."""
# slow

def resize(image, height, width):
    H, W = image.shape[:2]
    image = image.astype(np.float32)
    output = np.empty((height, width, 3), dtype=np.float32)
    for i in range(height):
        y = min(max((i + 0.5) * H / height - 0.5, 0), H - 1)
        top = int(y)
        bottom, down = min(top + 1, H - 1), y - top
        for j in range(width):
            x = min(max((j + 0.5) * W / width - 0.5, 0), W - 1)
            left = int(x)
            right, across = min(left + 1, W - 1), x - left
            above = image[top, left] * (1 - across) + image[top, right] * across
            below = image[bottom, left] * (1 - across) + image[bottom, right] * across
            output[i, j] = above * (1 - down) + below * down
    return output
