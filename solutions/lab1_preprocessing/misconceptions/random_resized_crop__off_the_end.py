"""The position was drawn up to H - height + 1 inclusive, one too far: now and then the piece sticks out and
loses its last row or column. rng.integers excludes its upper bound, random.randint does not."""

def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    for _ in range(10):
        area = rng.uniform("{random_resized_crop.least}", 1.0) * H * W
        ratio = np.exp(rng.uniform(np.log(0.5), np.log(2)))
        width, height = round(np.sqrt(area * ratio)), round(np.sqrt(area / ratio))
        if height <= H and width <= W:
            top = rng.integers(0, H - height + 1, endpoint=True)
            left = rng.integers(0, W - width + 1, endpoint=True)
            break
    else:
        height = width = min(H, W)
        top, left = (H - height) // 2, (W - width) // 2
    return resize(image[top : top + height, left : left + width], size, size)
