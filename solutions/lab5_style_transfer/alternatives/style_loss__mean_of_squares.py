"""The mean over the pairs of channels, divided by the positions."""


@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    positions = input_layer.shape[2] * input_layer.shape[3]
    G, A = gram_matrix(input_layer), gram_matrix(style_layer)
    return np.mean(((G - A) / positions) ** 2) / 4
