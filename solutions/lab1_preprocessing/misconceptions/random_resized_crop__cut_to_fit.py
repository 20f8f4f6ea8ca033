"""A piece that does not fit was cut down to the image's size. That changes area and ratio; draw both again,
up to ten times."""

def random_resized_crop(image, size, rng, resize=resize):
    H, W = image.shape[:2]
    area = rng.uniform("{random_resized_crop.least}", 1.0) * H * W
    ratio = np.exp(rng.uniform(np.log(0.5), np.log(2)))
    width, height = min(round(np.sqrt(area * ratio)), W), min(round(np.sqrt(area / ratio)), H)
    top = rng.integers(0, H - height + 1)
    left = rng.integers(0, W - width + 1)
    return resize(image[top : top + height, left : left + width], size, size)
