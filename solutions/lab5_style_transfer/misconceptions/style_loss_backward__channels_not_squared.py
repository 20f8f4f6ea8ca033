"""C is not squared in the denominator. In the loss it is."""

@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    bottom_diff = difference @ input_layer.reshape(N, C, H * W)
    return (bottom_diff / (N * C * (H * W) ** 2)).reshape(N, C, H, W)
