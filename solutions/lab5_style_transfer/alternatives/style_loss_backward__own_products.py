"""Without gram_matrix, as the original course writes it."""

@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    X = np.reshape(input_layer, [N, C, -1])
    Y = np.reshape(style_layer, [N, C, -1])
    gram_diff = np.matmul(X, X.transpose(0, 2, 1)) - np.matmul(Y, Y.transpose(0, 2, 1))
    bottom_diff = 1.0 / (N * C**2 * H**2 * W**2) * np.matmul(gram_diff.transpose(0, 2, 1), X)
    return np.reshape(bottom_diff, [N, C, H, W])
