"""One picture after another."""

@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    bottom_diff = np.zeros_like(input_layer)
    G, A = gram_matrix(input_layer), gram_matrix(style_layer)
    for n in range(N):
        rows = np.reshape(input_layer[n], [C, -1])
        bottom_diff[n] = np.dot((G[n] - A[n]).T, rows).reshape(C, H, W)
    return bottom_diff / (N * C * C * H * H * W * W)
