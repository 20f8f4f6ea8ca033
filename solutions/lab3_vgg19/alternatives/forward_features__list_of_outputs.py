"""All outputs in a list first; the wanted ones are looked up by index."""


@add_to_class(VGG19)
def forward(self):
    out = self.input_image
    for name in self.param_layer_name:
        out = self.layers[name].forward(out)
    return out


@add_to_class(VGG19)
def forward_features(self, layer_list):
    values = [self.input_image]
    for name in self.param_layer_name:
        values.append(self.layers[name].forward(values[-1]))
    where = {name: k for k, name in enumerate(self.param_layer_name, start=1)}
    return {name: values[where[name]] for name in layer_list}
