"""N is missing in the denominator. That is right for one image only."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.sum(difference**2) / (4 * C**2 * (H * W) ** 2)
