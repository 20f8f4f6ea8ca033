"""Bytes were not divided by 255, but mean and std are on the scale 0..1, so the results are in the hundreds."""

def normalize(images, mean, std):
    return (images.astype(np.float32) - mean) / std
