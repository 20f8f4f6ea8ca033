"""Every second pixel was taken, without looking at its neighbours. Pooling keeps the largest of the four."""

@add_to_class(VGG19)
def forward_speedup(self, images):
    assert images.shape[1:] == (3, self.image_size, self.image_size), images.shape
    current = images
    for name in self.param_layer_name:
        if name.startswith("relu"):
            np.maximum(current, 0, out=current)  # always made by the layer before
        elif name.startswith("pool"):
            current = current[:, :, ::2, ::2]
        else:
            current = self.layers[name].forward(current)
    return current
