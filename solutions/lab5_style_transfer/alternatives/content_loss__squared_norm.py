"""The squared norm of the flattened difference, in float64."""


@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    N, C, H, W = input_layer.shape
    d = np.subtract(input_layer, content_layer, dtype=np.float64)
    return float(np.linalg.norm(d.reshape(-1)) ** 2 / (2.0 * N * C * H * W))
