"""Contrast was changed around each channel's own mean, which changes the colours. There is one mean, that of
the grey image."""

def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    luma = np.array(["{color_jitter.luma}"], dtype=image.dtype)
    b, c, s = (rng.uniform(1 - x, 1 + x) for x in (brightness, contrast, saturation))
    h = rng.uniform(-hue, hue)
    image = np.clip(image * b, 0, 1)
    mean = image.mean(axis=(0, 1))
    image = np.clip(mean + c * (image - mean), 0, 1)
    grey = (image @ luma)[..., None]
    image = np.clip(grey + s * (image - grey), 0, 1)
    hsv = rgb_to_hsv(image)
    hsv[..., 0] = (hsv[..., 0] + h) % 1
    return np.clip(hsv_to_rgb(hsv), 0, 1)
