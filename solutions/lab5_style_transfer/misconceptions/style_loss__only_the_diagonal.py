"""Only the diagonal is compared: how strongly each map responds by itself. The other entries say which maps
respond together."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    diagonal = np.einsum('ncc->nc', difference)
    return np.sum(diagonal**2) / (4 * N * C**2 * (H * W) ** 2)
