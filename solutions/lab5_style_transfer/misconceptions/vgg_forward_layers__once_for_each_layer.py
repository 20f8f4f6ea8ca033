"""The image runs through the network once for each layer that was asked for. Once is enough: take the features
on the way."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    features = {}
    for wanted in layer_list:
        current = input_image
        for name in self.param_layer_name:
            current = self.layers[name].forward(current)
            if name == wanted:
                features[name] = current
                break
    return features
