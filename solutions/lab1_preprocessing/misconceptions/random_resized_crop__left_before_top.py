"""left was drawn before top. With a given generator the order of the draws is part of the definition."""

def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    for _ in range(10):
        area = rng.uniform("{random_resized_crop.least}", 1.0) * H * W
        ratio = np.exp(rng.uniform(np.log(0.5), np.log(2)))
        width, height = round(np.sqrt(area * ratio)), round(np.sqrt(area / ratio))
        if height <= H and width <= W:
            left = rng.integers(0, W - width + 1)
            top = rng.integers(0, H - height + 1)
            break
    else:
        height = width = min(H, W)
        top, left = (H - height) // 2, (W - width) // 2
    return resize(image[top : top + height, left : left + width], size, size)
