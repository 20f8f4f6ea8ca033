"""The layer's input is kept. The features of a layer are its output."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    features, current = {}, input_image
    for name in self.param_layer_name:
        if name in layer_list:
            features[name] = current
        current = self.layers[name].forward(current)
        if len(features) == len(layer_list):
            break
    return features
