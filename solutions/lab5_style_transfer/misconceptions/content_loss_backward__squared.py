"""The differences are squared as in forward. The derivative of half a square is the difference itself."""

@add_to_class(ContentLossLayer)
def backward(self, input_layer, content_layer):
    return (input_layer - content_layer) ** 2 / input_layer.size
