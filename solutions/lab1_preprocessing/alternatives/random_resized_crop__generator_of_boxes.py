"""A generator makes boxes, and the first that fits is taken."""


def boxes(H, W, rng, tries=10):
    for _ in range(tries):
        area = H * W * rng.uniform("{random_resized_crop.least}", 1)
        root = np.exp(rng.uniform(-np.log(2), np.log(2)) / 2)
        h, w = int(np.rint(np.sqrt(area) / root)), int(np.rint(np.sqrt(area) * root))
        if 0 < h <= H and 0 < w <= W:
            yield rng.integers(0, H - h, endpoint=True), rng.integers(0, W - w, endpoint=True), h, w
    side = min(H, W)
    yield (H - side) // 2, (W - side) // 2, side, side


def random_resized_crop(image, size, rng, resize=resize):
    top, left, h, w = next(boxes(*image.shape[:2], rng))
    return resize(image[top : top + h, left : left + w], size, size)
