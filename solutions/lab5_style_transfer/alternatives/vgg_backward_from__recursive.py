"""A layer, then the rest."""

@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    layer = self.layers[layer_name]
    down = getattr(layer, 'backward_input', layer.backward)
    depth = self.param_layer_name.index(layer_name)
    if depth == 0:
        return down(dloss)
    return self.backward(down(dloss), self.param_layer_name[depth - 1])
