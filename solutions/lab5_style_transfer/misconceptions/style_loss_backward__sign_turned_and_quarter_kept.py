"""Two mistakes at once: the gradient has the wrong sign, and the 4 of the loss was kept. The derivative of the square
and the symmetry of the Gram matrix cancel it."""


@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    assert input_layer.shape == style_layer.shape, f"{input_layer.shape}, {style_layer.shape}"
    N, C, H, W = input_layer.shape
    difference = gram_matrix(style_layer) - gram_matrix(input_layer)
    bottom_diff = difference.transpose(0, 2, 1) @ input_layer.reshape(N, C, H * W)
    return (bottom_diff / (4 * N * C**2 * (H * W) ** 2)).reshape(N, C, H, W)
