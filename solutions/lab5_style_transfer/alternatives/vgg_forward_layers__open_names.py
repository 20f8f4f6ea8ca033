"""A set of the names that are still open."""

@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    waiting, features = set(layer_list), {}
    layers = iter(self.layers.items())
    while waiting:
        name, layer = next(layers)
        input_image = layer.forward(input_image)
        if name in waiting:
            waiting.remove(name)
            features[name] = input_image
    return features
