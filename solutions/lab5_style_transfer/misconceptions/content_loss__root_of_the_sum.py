"""The root of the sum was taken. The loss is the sum of the squares, divided by twice their number."""


@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    assert input_layer.shape == content_layer.shape, f"{input_layer.shape}, {content_layer.shape}"
    return np.sqrt(np.sum((input_layer - content_layer) ** 2)) / (2 * input_layer.size)
