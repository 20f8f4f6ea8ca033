"""The ReLUs were skipped. Without the bends between them, sixteen convolutions can do no more than one."""

@add_to_class(VGG19)
def forward(self):
    return self.forward_features(["softmax"])["softmax"]


@add_to_class(VGG19)
def forward_features(self, layer_list):
    features, current = {}, self.input_image
    for name in self.param_layer_name:
        if not name.startswith("relu"):
            current = self.layers[name].forward(current)
        if name in layer_list:
            features[name] = current
    return features
