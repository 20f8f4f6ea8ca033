"""reshape to [N, H W, C] moves nothing: a column then holds values of several maps. Unfold to [N, C, H W], and
transpose where axes have to be exchanged."""

def gram_matrix(features):
    N, C, H, W = features.shape
    columns = features.reshape(N, H * W, C)
    return columns.transpose(0, 2, 1) @ columns
