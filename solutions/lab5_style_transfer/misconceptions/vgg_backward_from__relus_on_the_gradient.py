"""Negative gradients are cut off. What a ReLU lets through is decided by what it saw in forward, not by the
sign of the gradient: use its backward."""

@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    depth = self.param_layer_name.index(layer_name)
    for name in self.param_layer_name[depth::-1]:
        layer = self.layers[name]
        if name.startswith('relu'):
            dloss = np.maximum(dloss, 0)
        else:
            dloss = layer.backward_input(dloss) if name.startswith('conv') else layer.backward(dloss)
    return dloss
