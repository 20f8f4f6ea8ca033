"""Layers behind the last wanted one are not run; the dict's own order is the network's."""

@add_to_class(VGG19)
def forward(self):
    x = self.input_image
    for layer in self.layers.values():
        x = layer.forward(x)
    return x


@add_to_class(VGG19)
def forward_features(self, layer_list):
    x, wanted, features = self.input_image, set(layer_list), {}
    for name, layer in self.layers.items():
        if not wanted:
            break
        x = layer.forward(x)
        if name in wanted:
            features[name] = x.copy()
            wanted.discard(name)
    return features
