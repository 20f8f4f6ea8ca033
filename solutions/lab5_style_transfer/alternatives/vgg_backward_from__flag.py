"""A flag says whether the named layer has been passed."""


@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    started = False
    for name, layer in reversed(list(self.layers.items())):
        started = started or name == layer_name
        if started:
            is_conv = isinstance(layer, ConvolutionalLayer)
            dloss = layer.backward_input(dloss) if is_conv else layer.backward(dloss)
    return dloss
