"""Nothing was clipped. After each of the steps the values must be brought back into 0 to 1, or the next step works
with colours that no screen has."""


def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    luma = np.array(["{color_jitter.luma}"], dtype=image.dtype)
    b, c, s = (rng.uniform(1 - x, 1 + x) for x in (brightness, contrast, saturation))
    h = rng.uniform(-hue, hue)
    image = image * b
    mean = (image @ luma).mean()
    image = mean + c * (image - mean)
    grey = (image @ luma)[..., None]
    image = grey + s * (image - grey)
    hsv = rgb_to_hsv(image)
    hsv[..., 0] = (hsv[..., 0] + h) % 1
    return hsv_to_rgb(hsv)
