"""All layers from the top, skipped until the named one."""

@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    below = False
    for name in reversed(self.param_layer_name):
        below = below or name == layer_name
        if below and isinstance(self.layers[name], ConvolutionalLayer):
            dloss = self.layers[name].backward_input(dloss)
        elif below:
            dloss = self.layers[name].backward(dloss)
    return dloss
