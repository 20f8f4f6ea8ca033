"""The factor 4 is still in the denominator. The square brings a 2, and each feature stands in a row and in a
column of the matrix, which brings another: the 4 is used up."""

@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    bottom_diff = difference @ input_layer.reshape(N, C, H * W)
    return (bottom_diff / (4 * N * C**2 * (H * W) ** 2)).reshape(N, C, H, W)
