"""The dict is kept from call to call, with the names and features of the call before. Each call must make a new
one."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    if not hasattr(self, 'features'):
        self.features = {}
    current = input_image
    deepest = max(self.param_layer_name.index(name) for name in layer_list)
    for name in self.param_layer_name[: deepest + 1]:
        current = self.layers[name].forward(current)
        if name in layer_list:
            self.features[name] = current
    return self.features
