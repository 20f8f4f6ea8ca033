"""H W is not squared. Each entry of a Gram matrix is a sum over H W positions, and the difference is squared."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.sum(difference**2) / (4 * N * C**2 * H * W)
