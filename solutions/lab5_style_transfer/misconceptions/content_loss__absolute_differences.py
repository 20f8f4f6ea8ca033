"""These are absolute differences. The loss squares them."""

@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    return np.sum(np.abs(input_layer - content_layer)) / (2 * input_layer.size)
