"""Neither channels nor positions are squared in the divisor. Both are: a Gram matrix has channels squared entries, each
a sum over positions, and the difference is squared."""


@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    assert input_layer.shape == style_layer.shape, f"{input_layer.shape}, {style_layer.shape}"
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.sum(difference**2) / (4 * N * C * (H * W))
