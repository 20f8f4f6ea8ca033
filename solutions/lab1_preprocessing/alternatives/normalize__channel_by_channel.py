"""A loop over the channels, in float64."""

def normalize(images, mean, std):
    output = np.empty(images.shape)
    scale = 255.0 if images.dtype == np.uint8 else 1.0
    for c in range(images.shape[-1]):
        output[..., c] = (images[..., c] / scale - mean[c]) / std[c]
    return output
