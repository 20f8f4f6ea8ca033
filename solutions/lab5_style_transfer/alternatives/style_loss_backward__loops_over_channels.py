"""For each map the weighted sum of all maps."""


@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    scale = 1.0 / (N * C * C) / (H * W) ** 2
    E = gram_matrix(input_layer) - gram_matrix(style_layer)
    grad = np.zeros_like(input_layer)
    for c in range(C):
        for k in range(C):
            grad[:, c] += (E[:, c, k] * scale)[:, None, None].astype(grad.dtype) * input_layer[:, k]
    return grad
