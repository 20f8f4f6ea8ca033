"""Scales rng.random() by hand, powers of two for the ratio, inclusive bounds."""

def random_resized_crop(image, size, rng, resize=resize):
    H, W, _ = image.shape
    h = w = min(H, W)
    y, x = (H - h) // 2, (W - w) // 2
    for attempt in range(10):
        area = ("{random_resized_crop.least}" + "{random_resized_crop.rest}" * rng.random()) * (H * W)
        ratio = 0.5 * 4 ** rng.random()
        wide, high = int(round((area * ratio) ** 0.5)), int(round((area / ratio) ** 0.5))
        if 0 < wide <= W and 0 < high <= H:
            h, w = high, wide
            y = int(rng.integers(0, H - h, endpoint=True))
            x = int(rng.integers(0, W - w, endpoint=True))
            break
    return resize(image[y : y + h, x : x + w, :], size, size)
