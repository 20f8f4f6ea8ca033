"""This is the Gram matrix of X - Y. Asked for is the difference of two Gram matrices, and they are not the
same: squares do not subtract."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = np.einsum('nchw,ndhw->ncd', input_layer - style_layer, input_layer - style_layer)
    return np.sum(difference**2) / (4 * N * C**2 * (H * W) ** 2)
