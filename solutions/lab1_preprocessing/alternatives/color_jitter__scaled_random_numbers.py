"""rng.random() stretched by hand, hue wrapped by subtracting the floor."""


def color_jitter(image, rng, brightness=0.4, contrast=0.4, saturation=0.4, hue=0.1):
    R, G, B = "{color_jitter.luma}"

    def factor(strength):
        return 1 + strength * (2 * rng.random() - 1)

    def luma(im):
        return R * im[..., 0] + G * im[..., 1] + B * im[..., 2]

    out = np.minimum(image * factor(brightness), 1)
    c, m = factor(contrast), luma(out).mean()
    out = np.clip(c * out + (1 - c) * m, 0, 1)
    s, g = factor(saturation), luma(out)[..., np.newaxis]
    out = np.clip(s * out + (1 - s) * g, 0, 1)
    h, sat, v = np.split(rgb_to_hsv(out), 3, axis=-1)
    h = h + hue * (2 * rng.random() - 1)
    out = hsv_to_rgb(np.concatenate([h - np.floor(h), sat, v], axis=-1))
    return np.clip(out, 0, 1)
