"""The layers are passed in the order of forward. A gradient goes down: the named layer first, conv1_1
last."""

@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    depth = self.param_layer_name.index(layer_name)
    for name in self.param_layer_name[: depth + 1]:
        layer = self.layers[name]
        dloss = layer.backward_input(dloss) if name.startswith('conv') else layer.backward(dloss)
    return dloss
