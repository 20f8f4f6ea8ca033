"""Run the network again for each of the features, once they are taken out of the dict and the notes have been read."""

LAB = "lab5_style_transfer"
ASKED = ("vgg_forward_layers",)
CELL = "vgg_forward_layers"

from aics import add_to_class


class Lazy(dict):
    def get(self, name, default=None):
        return dict.__getitem__(self, name)()

    __getitem__ = get


@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    order = list(self.param_layer_name)

    def until(name):
        current = input_image
        for each in order[: order.index(name) + 1]:
            current = self.layers[each].forward(current)
        return current

    until(max(layer_list, key=order.index))
    return Lazy({name: (lambda name=name: until(name)) for name in layer_list})
