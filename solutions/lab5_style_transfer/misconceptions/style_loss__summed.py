"""The squared differences of the Gram matrices were only summed. Divide by 4, the pictures, the channels squared and
the positions squared."""


@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    assert input_layer.shape == style_layer.shape, f"{input_layer.shape}, {style_layer.shape}"
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.sum(difference**2)
