"""The sign is wrong. If X is too large, a larger X makes the loss larger: the gradient is X - Y. The optimizer
steps against it."""

@add_to_class(ContentLossLayer)
def backward(self, input_layer, content_layer):
    return (content_layer - input_layer) / input_layer.size
