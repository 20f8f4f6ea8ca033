"""Finds the deepest wanted layer first, and runs the slice of names as far as there."""


@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    if not len(layer_list):
        return {}
    names = list(self.param_layer_name)
    deepest = max(names.index(name) for name in layer_list)
    outputs, x = [], input_image
    for name in names[: deepest + 1]:
        x = self.layers[name].forward(x)
        outputs.append(x)
    return {name: outputs[names.index(name)] for name in layer_list}
