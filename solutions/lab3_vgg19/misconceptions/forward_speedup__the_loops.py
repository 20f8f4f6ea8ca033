"""The values are right, but they come from the slow loops of each layer. Build the layers with type=1."""
# slow

@add_to_class(VGG19)
def forward_speedup(self, images):
    assert images.shape[1:] == (3, self.image_size, self.image_size), images.shape
    current = images
    for layer in self.layers.values():
        layer.type = 0
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
    return current
