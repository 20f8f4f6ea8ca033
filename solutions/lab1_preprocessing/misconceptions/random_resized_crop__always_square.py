"""Every piece is square: no ratio was drawn. Draw one between 1/2 and 2, uniformly in its logarithm, after the area."""


def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    for _ in range(10):
        area = rng.uniform("{random_resized_crop.least}", 1.0) * H * W
        ratio = 1.0
        width, height = (round(np.sqrt(area * ratio)), round(np.sqrt(area / ratio)))
        if height <= H and width <= W:
            top = rng.integers(0, H - height + 1)
            left = rng.integers(0, W - width + 1)
            break
    else:
        height = width = min(H, W)
        top, left = ((H - height) // 2, (W - width) // 2)
    return resize(image[top : top + height, left : left + width], size, size)
