"""Run the network again for each of the features, by the class's own methods, which take no notes."""

LAB = "lab5_style_transfer"
ASKED = ("vgg_forward_layers",)
CELL = "vgg_forward_layers"

from aics import add_to_class


@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    order = list(self.param_layer_name)

    def until(name, run):
        current = input_image
        for each in order[: order.index(name) + 1]:
            current = run(self.layers[each], current)
        return current

    until(max(layer_list, key=order.index), lambda layer, x: layer.forward(x))
    return {name: until(name, lambda layer, x: type(layer).forward(layer, x)) for name in layer_list}
