"""Pixels as rows: the table times the difference."""


@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    pixels = input_layer.transpose(0, 2, 3, 1).reshape(N, -1, C)
    diff = np.subtract(gram_matrix(input_layer), gram_matrix(style_layer))
    grad = pixels @ diff / (C**2 * N * float(H * W) ** 2)
    return np.ascontiguousarray(grad.reshape(N, H, W, C).transpose(0, 3, 1, 2)).astype(input_layer.dtype)
