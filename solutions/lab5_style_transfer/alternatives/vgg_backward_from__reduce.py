"""functools.reduce over the layers from the named one down."""

from functools import reduce


def down_through(diff, layer):
    way = getattr(layer, "backward_input", layer.backward)
    return way(diff)


@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    stop = self.param_layer_name.index(layer_name) + 1
    return reduce(down_through, (self.layers[n] for n in reversed(self.param_layer_name[:stop])), dloss)
