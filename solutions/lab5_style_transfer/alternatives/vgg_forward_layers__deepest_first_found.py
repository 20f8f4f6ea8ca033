"""The depth is looked up before anything runs."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    deepest = max(map(self.param_layer_name.index, layer_list))
    outputs = {}
    for name in self.param_layer_name[: deepest + 1]:
        input_image = outputs[name] = self.layers[name].forward(input_image)
    return {name: outputs[name] for name in layer_list}
