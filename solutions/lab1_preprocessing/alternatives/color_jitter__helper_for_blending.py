"""One helper blends towards a background, in float64."""


def blend(image, background, factor):
    return (factor * image + (1 - factor) * background).clip(0, 1)


def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    weights = np.array(["{color_jitter.luma}"])
    x = image.astype(np.float64)
    x = blend(x, 0, rng.uniform(1 - brightness, 1 + brightness))
    x = blend(x, np.dot(x, weights).mean(), rng.uniform(1 - contrast, 1 + contrast))
    x = blend(x, np.dot(x, weights)[:, :, None], rng.uniform(1 - saturation, 1 + saturation))
    hsv = rgb_to_hsv(x)
    hsv[:, :, 0] = np.mod(hsv[:, :, 0] + rng.uniform(-hue, hue), 1.0)
    return np.clip(hsv_to_rgb(hsv), 0, 1).astype(image.dtype)
