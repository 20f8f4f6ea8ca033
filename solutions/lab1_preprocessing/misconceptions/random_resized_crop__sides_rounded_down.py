"""Width and height were cut off by int() instead of rounded to the nearest integer."""

def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    for _ in range(10):
        area = rng.uniform("{random_resized_crop.least}", 1.0) * H * W
        ratio = np.exp(rng.uniform(np.log(0.5), np.log(2)))
        width, height = max(int(np.sqrt(area * ratio)), 1), max(int(np.sqrt(area / ratio)), 1)
        if height <= H and width <= W:
            top = rng.integers(0, H - height + 1)
            left = rng.integers(0, W - width + 1)
            break
    else:
        height = width = min(H, W)
        top, left = (H - height) // 2, (W - width) // 2
    return resize(image[top : top + height, left : left + width], size, size)
