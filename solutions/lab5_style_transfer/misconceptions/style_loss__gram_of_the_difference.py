"""This is the Gram matrix of X - Y. The loss takes the difference of two Gram matrices, which is not the same:
the square of a difference is not the difference of the squares."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = np.einsum('nchw,ndhw->ncd', input_layer - style_layer, input_layer - style_layer)
    return np.sum(difference**2) / (4 * N * C**2 * (H * W) ** 2)
