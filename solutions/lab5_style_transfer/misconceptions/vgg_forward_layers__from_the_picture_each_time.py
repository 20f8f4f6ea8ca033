"""Each layer gets the image, and not the output of the layer before it."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    features = {}
    for name in self.param_layer_name:
        current = self.layers[name].forward(input_image)
        if name in layer_list:
            features[name] = current
        if len(features) == len(layer_list):
            break
    return features
