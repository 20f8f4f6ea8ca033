"""The random fraction was applied to each side, so the area is its square: pieces are far too small. Take the
square root of the area."""

def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    for _ in range(10):
        share = rng.uniform("{random_resized_crop.least}", 1.0)
        ratio = np.exp(rng.uniform(np.log(0.5), np.log(2)))
        width, height = round(share * W * np.sqrt(ratio)), round(share * H / np.sqrt(ratio))
        if height <= H and width <= W:
            top = rng.integers(0, H - height + 1)
            left = rng.integers(0, W - width + 1)
            break
    else:
        height = width = min(H, W)
        top, left = (H - height) // 2, (W - width) // 2
    return resize(image[top : top + height, left : left + width], size, size)
