"""The mean of each map is subtracted: that is a covariance. The Gram matrix takes the features as they
are."""

def gram_matrix(features):
    N, C, H, W = features.shape
    rows = features.reshape(N, C, H * W)
    rows = rows - rows.mean(axis=2, keepdims=True)
    return rows @ rows.transpose(0, 2, 1)
