"""Pools first and drops the negatives after, which is the same on fewer entries."""


@add_to_class(VGG19)
def forward_speedup(self, images):
    names = list(self.param_layer_name)
    x, i = images, 0
    while i < len(names):
        if names[i].startswith("relu") and names[i + 1].startswith("pool"):
            x = np.maximum(np.maximum(x[:, :, ::2, ::2], x[:, :, 1::2, ::2]), np.maximum(x[:, :, ::2, 1::2], x[:, :, 1::2, 1::2]))
            x = np.maximum(x, 0)
            i += 2
            continue
        x = np.maximum(x, 0) if names[i].startswith("relu") else self.layers[names[i]].forward(x)
        i += 1
    return x
