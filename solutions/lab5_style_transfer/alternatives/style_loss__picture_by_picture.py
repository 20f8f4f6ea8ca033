"""A loop over the pictures, in float64."""


@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    N, C, H, W = input_layer.shape
    loss = 0.0
    for x, a in zip(gram_matrix(input_layer), gram_matrix(style_layer)):
        d = (x - a).astype(np.float64)
        loss += np.vdot(d, d) / (2 * C * H * W) ** 2
    return loss / N
