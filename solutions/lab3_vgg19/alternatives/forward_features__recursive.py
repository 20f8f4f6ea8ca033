"""Each layer's output is its forward of the one before, looked up by recursion."""


@add_to_class(VGG19)
def outputs_up_to(self, depth, kept):
    name = self.param_layer_name[depth]
    below = self.input_image if depth == 0 else self.outputs_up_to(depth - 1, kept)
    out = self.layers[name].forward(below)
    kept[name] = out
    return out


@add_to_class(VGG19)
def forward(self):
    return self.outputs_up_to(len(self.param_layer_name) - 1, {})


@add_to_class(VGG19)
def forward_features(self, layer_list):
    kept = {}
    self.outputs_up_to(len(self.param_layer_name) - 1, kept)
    return {name: kept[name] for name in layer_list}
