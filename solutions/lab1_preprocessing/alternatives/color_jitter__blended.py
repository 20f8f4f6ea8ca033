"""Each step as a blend of two pictures, one array of draws, matplotlib's hue."""

def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    from matplotlib.colors import hsv_to_rgb, rgb_to_hsv

    strengths = np.array([brightness, contrast, saturation, hue])
    b, c, s, h = np.array([1, 1, 1, 0]) + strengths * (2 * rng.random(4) - 1)
    weights = ["{color_jitter.luma}"]

    def blend(other, picture, factor):
        return np.clip((1 - factor) * other + factor * picture, 0, 1)

    picture = blend(0, image, b)
    picture = blend(np.average(picture, axis=-1, weights=weights).mean(), picture, c)
    picture = blend(np.average(picture, axis=-1, weights=weights)[..., None], picture, s)
    hsv = rgb_to_hsv(picture)
    hsv[..., 0] = np.mod(hsv[..., 0] + h, 1)
    return hsv_to_rgb(hsv)
