"""What came back are the features of an earlier picture. Start with an empty dict at each call."""

@add_to_class(VGG19)
def forward(self):
    return self.forward_features(["softmax"])["softmax"]


@add_to_class(VGG19)
def forward_features(self, layer_list):
    features = vars(self).setdefault("features", {})
    current = self.input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
        if name in layer_list:
            features.setdefault(name, current)
    return features
