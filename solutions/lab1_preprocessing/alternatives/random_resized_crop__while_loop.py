"""Counts the tries in a while loop, and takes the last one's place apart."""


def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    found, tries = None, 0
    while found is None and tries < 10:
        tries += 1
        target = H * W * ("{random_resized_crop.least}" + "{random_resized_crop.rest}" * rng.random())
        aspect = 2.0 ** (2 * rng.random() - 1)
        w = int(round((target * aspect) ** 0.5))
        h = int(round((target / aspect) ** 0.5))
        if w <= W and h <= H:
            y = int(rng.integers(H - h + 1))
            x = int(rng.integers(W - w + 1))
            found = y, x, h, w
    if found is None:
        s = min(H, W)
        found = (H - s) // 2, (W - s) // 2, s, s
    y, x, h, w = found
    return resize(image[y:][:h, x:][:, :w], size, size)
