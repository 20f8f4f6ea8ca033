"""After ten pieces that did not fit, the whole image was taken, and squashed. Take the middle square of the
shorter side."""

def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    for _ in range(10):
        area = rng.uniform("{random_resized_crop.least}", 1.0) * H * W
        ratio = np.exp(rng.uniform(np.log(0.5), np.log(2)))
        width, height = round(np.sqrt(area * ratio)), round(np.sqrt(area / ratio))
        if height <= H and width <= W:
            top = rng.integers(0, H - height + 1)
            left = rng.integers(0, W - width + 1)
            break
    else:
        top, left, height, width = 0, 0, H, W
    return resize(image[top : top + height, left : left + width], size, size)
