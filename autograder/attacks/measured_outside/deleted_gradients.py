"""Compute the gradient of every weight on the way down, and delete it where one would look for it."""

LAB = "lab5_style_transfer"
ASKED = ("vgg_backward_from",)
CELL = "vgg_backward_from"

from aics import add_to_class


@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    for name in reversed(self.param_layer_name[: self.param_layer_name.index(layer_name) + 1]):
        layer = self.layers[name]
        dloss = layer.backward(dloss)
        for made in ("d_weight", "d_bias"):
            vars(layer).pop(made, None)
    return dloss
