"""The gradient is half as large as it should be. Each feature takes part in a row and in a column of the
matrix: both count."""

@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    bottom_diff = difference @ input_layer.reshape(N, C, H * W)
    return (bottom_diff / (2 * N * C**2 * (H * W) ** 2)).reshape(N, C, H, W)
