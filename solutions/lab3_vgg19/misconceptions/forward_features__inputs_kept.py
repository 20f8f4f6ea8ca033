"""What is kept under each name is that layer's input. Run the layer first, then keep what it returned."""

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
        if name in layer_list:
            features[name] = current
        current = self.layers[name].forward(current)
    return features
