"""Differences of opposite signs cancel: each has to be squared before they are summed."""

@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    return np.sum(input_layer - content_layer) ** 2 / (2 * input_layer.size)
