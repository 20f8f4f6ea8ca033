"""The factor 4 of the denominator is missing."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.sum(difference**2) / (N * C**2 * (H * W) ** 2)
