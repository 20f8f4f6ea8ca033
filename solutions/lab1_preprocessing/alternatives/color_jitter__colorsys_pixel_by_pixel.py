"""Hue by Python's colorsys, in float64."""

import colorsys


def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    b = rng.uniform(1 - brightness, 1 + brightness)
    c = rng.uniform(1 - contrast, 1 + contrast)
    s = rng.uniform(1 - saturation, 1 + saturation)
    h = rng.uniform(-hue, hue)
    x = np.clip(image.astype(np.float64) * b, 0, 1)
    m = np.mean("{color_jitter.red}" * x[:, :, 0] + "{color_jitter.green}" * x[:, :, 1] + "{color_jitter.blue}" * x[:, :, 2])
    x = np.clip(m + c * (x - m), 0, 1)
    g = ("{color_jitter.red}" * x[:, :, 0] + "{color_jitter.green}" * x[:, :, 1] + "{color_jitter.blue}" * x[:, :, 2])[:, :, None]
    x = np.clip(g + s * (x - g), 0, 1)
    for i, j in np.ndindex(x.shape[:2]):
        turn, colour, value = colorsys.rgb_to_hsv(*x[i, j])
        x[i, j] = colorsys.hsv_to_rgb((turn + h) % 1, colour, value)
    return x
