"""Each map is summed over its positions first, and then the sums are multiplied. Multiply at each position,
then sum: it matters which features respond at the same position."""

def gram_matrix(features):
    N, C, H, W = features.shape
    sums = features.sum(axis=(2, 3))
    return sums[:, :, None] * sums[:, None, :]
