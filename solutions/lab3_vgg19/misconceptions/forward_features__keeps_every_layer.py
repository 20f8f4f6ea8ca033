"""Every layer's output was kept. Only those that were asked for belong into the dict."""


@add_to_class(VGG19)
def forward(self):
    return self.forward_features(["softmax"])["softmax"]


@add_to_class(VGG19)
def forward_features(self, layer_list):
    features, current = ({}, self.input_image)
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
        if True:
            features[name] = current
    return features
