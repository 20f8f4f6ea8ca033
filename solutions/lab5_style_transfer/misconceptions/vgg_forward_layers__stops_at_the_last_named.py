"""This stops at the last name of the list. The list may be in any order: stop at the deepest."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    features, current = {}, input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
        if name in layer_list:
            features[name] = current
        if name == layer_list[-1]:
            break
    return features
