"""Each matrix divided by its places before they are compared."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    G, A = (gram_matrix(features) / (H * W) for features in (input_layer, style_layer))
    return np.mean((G - A) ** 2) / 4
