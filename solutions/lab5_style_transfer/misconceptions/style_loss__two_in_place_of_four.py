"""The sum was divided by 2 in place of 4."""


@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    assert input_layer.shape == style_layer.shape, f"{input_layer.shape}, {style_layer.shape}"
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.sum(difference**2) / (2 * N * C**2 * (H * W) ** 2)
