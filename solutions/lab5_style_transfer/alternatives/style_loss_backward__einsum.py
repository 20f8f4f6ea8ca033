"""The sum as an einsum; the difference is symmetric."""

@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.einsum("ncd,ndhw->nchw", difference, input_layer) / (N * C**2 * (H * W) ** 2)
