"""Two mistakes at once: the 4 of the loss was kept, and the number of pictures is missing in the divisor."""


@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    assert input_layer.shape == style_layer.shape, f"{input_layer.shape}, {style_layer.shape}"
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    bottom_diff = difference.transpose(0, 2, 1) @ input_layer.reshape(N, C, H * W)
    return (bottom_diff / (4 * C**2 * (H * W) ** 2)).reshape(N, C, H, W)
