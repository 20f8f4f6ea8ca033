"""The difference is multiplied by the painting's features. It is a gradient with respect to X: the product rule
leaves the other factor of each product standing, and that is X, the features of the image that changes."""

@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    bottom_diff = difference.transpose(0, 2, 1) @ style_layer.reshape(N, C, H * W)
    return (bottom_diff / (N * C**2 * (H * W) ** 2)).reshape(N, C, H, W)
