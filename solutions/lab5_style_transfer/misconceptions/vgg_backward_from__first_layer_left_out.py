"""The walk ends before conv1_1: the result is the gradient of its output, with as many channels as it has. The
image has three."""

@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    depth = self.param_layer_name.index(layer_name)
    for name in self.param_layer_name[depth:0:-1]:
        layer = self.layers[name]
        dloss = layer.backward_input(dloss) if name.startswith('conv') else layer.backward(dloss)
    return dloss
