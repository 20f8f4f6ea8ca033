"""The ReLUs are left out. Where a ReLU cut a value off, no gradient may pass."""

@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    depth = self.param_layer_name.index(layer_name)
    for name in self.param_layer_name[depth::-1]:
        if name.startswith('relu'):
            continue
        layer = self.layers[name]
        dloss = layer.backward_input(dloss) if name.startswith('conv') else layer.backward(dloss)
    return dloss
