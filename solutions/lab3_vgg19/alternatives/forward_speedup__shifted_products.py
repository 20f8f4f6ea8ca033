"""Channels last, and nine shifted products for each convolution, without columns."""

@add_to_class(VGG19)
def forward_speedup(self, images):
    x = np.ascontiguousarray(images.transpose(0, 2, 3, 1))
    for name in self.param_layer_name:
        layer = self.layers[name]
        if name.startswith("conv"):
            N, H, W, C = x.shape
            padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
            x = np.empty((N, H, W, layer.channel_out), dtype=x.dtype)
            x[:] = layer.bias
            for i in range(3):
                for j in range(3):
                    x += padded[:, i : i + H, j : j + W] @ layer.weight[:, i, j]
        elif name.startswith("relu"):
            x[x < 0] = 0
        elif name.startswith("pool"):
            x = np.maximum(x[:, ::2], x[:, 1::2])
            x = np.maximum(x[:, :, ::2], x[:, :, 1::2])
        elif name == "flatten":
            x = x.reshape(len(x), -1)
        else:
            x = layer.forward(x)
    return x
