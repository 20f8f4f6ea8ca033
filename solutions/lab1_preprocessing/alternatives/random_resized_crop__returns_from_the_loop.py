"""Returns as soon as a piece fits, math instead of NumPy."""

import math


def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    for _ in range(10):
        area = rng.uniform("{random_resized_crop.least}", 1.0) * H * W
        ratio = math.exp(rng.uniform(-math.log(2), math.log(2)))
        height = round(math.sqrt(area / ratio))
        width = round(math.sqrt(area * ratio))
        if width > W or height > H:
            continue
        top = rng.integers(H - height + 1)
        left = rng.integers(W - width + 1)
        return resize(image[top : top + height, left : left + width], size, size)
    return resize(center_crop(image, min(H, W), min(H, W)), size, size)
