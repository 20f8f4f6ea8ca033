"""There is a root too many: the loss is the mean of the squares itself, halved."""

@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    return np.sqrt(np.mean((input_layer - content_layer) ** 2)) / 2
