"""Without gram_matrix, and kept for backward."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    self.shape = input_layer.shape
    N, C, H, W = self.shape
    X, Y = input_layer.reshape(N, C, -1), style_layer.reshape(N, C, -1)
    self.gram_input = np.matmul(X, X.transpose([0, 2, 1]))
    self.gram_style = np.matmul(Y, Y.transpose([0, 2, 1]))
    self.div = 1.0 / (4 * N * C * C * H * H * W * W)
    return self.div * np.square(self.gram_input - self.gram_style).sum()
