"""Hue was clipped at 0 and 1. It is an angle: 0 comes again after 1, so reds may become pink on the other side.
Take it modulo 1."""

def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    luma = np.array(["{color_jitter.luma}"], dtype=image.dtype)
    b, c, s = (rng.uniform(1 - x, 1 + x) for x in (brightness, contrast, saturation))
    h = rng.uniform(-hue, hue)
    image = np.clip(image * b, 0, 1)
    mean = (image @ luma).mean()
    image = np.clip(mean + c * (image - mean), 0, 1)
    grey = (image @ luma)[..., None]
    image = np.clip(grey + s * (image - grey), 0, 1)
    hsv = rgb_to_hsv(image)
    hsv[..., 0] = np.clip(hsv[..., 0] + h, 0, 1)
    return np.clip(hsv_to_rgb(hsv), 0, 1)
