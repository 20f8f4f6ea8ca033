"""The loop ends one layer early: what came back are scores, not probabilities."""

@add_to_class(VGG19)
def forward(self):
    return self.forward_features(["fc8"])["fc8"]


@add_to_class(VGG19)
def forward_features(self, layer_list):
    features, current = {}, self.input_image
    for name in self.param_layer_name[:-1]:
        current = self.layers[name].forward(current)
        if name in layer_list:
            features[name] = current
    return features
