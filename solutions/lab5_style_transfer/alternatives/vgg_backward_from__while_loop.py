"""Goes up the list of names by index, with a while loop."""


@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    i = list(self.layers).index(layer_name)
    grad = dloss
    while i >= 0:
        name = self.param_layer_name[i]
        layer = self.layers[name]
        if "conv" in name:
            grad = layer.backward_input(grad)
        else:
            grad = layer.backward(grad)
        i -= 1
    return grad
