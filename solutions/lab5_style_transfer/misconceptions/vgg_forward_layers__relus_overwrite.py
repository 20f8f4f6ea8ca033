"""A ReLU wrote into the array of the convolution before it, and that array had been asked for."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    features, current = {}, input_image
    for name in self.param_layer_name:
        before, current = current, self.layers[name].forward(current)
        if name.startswith('relu'):
            before[...] = current
        if name in layer_list:
            features[name] = current
        if len(features) == len(layer_list):
            break
    return features
