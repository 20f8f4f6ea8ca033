"""The last position is never drawn: rng.integers(0, H - height) ends one before it, and fails where the piece
is as high as the image. The upper bound is excluded, so add 1."""

def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    for _ in range(10):
        area = rng.uniform("{random_resized_crop.least}", 1.0) * H * W
        ratio = np.exp(rng.uniform(np.log(0.5), np.log(2)))
        width, height = round(np.sqrt(area * ratio)), round(np.sqrt(area / ratio))
        if height <= H and width <= W:
            top = rng.integers(0, H - height)
            left = rng.integers(0, W - width)
            break
    else:
        height = width = min(H, W)
        top, left = (H - height) // 2, (W - width) // 2
    return resize(image[top : top + height, left : left + width], size, size)
