"""The features are right, but all layers run. Stop at the deepest that was asked for: a transfer runs this
hundreds of times."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    features, current = {}, input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
        if name in layer_list:
            features[name] = current
    return features
