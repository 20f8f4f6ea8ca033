"""[N, H, W, C] all the way: one product for the whole batch, flatten is free."""

def convolve_last(x, weight, bias):
    N, H, W, C = x.shape
    padded = np.zeros((N, H + 2, W + 2, C), dtype=x.dtype)
    padded[:, 1:-1, 1:-1] = x
    columns = np.empty((N, H, W, 3, 3, C), dtype=x.dtype)
    for i in range(3):
        for j in range(3):
            columns[:, :, :, i, j] = padded[:, i : i + H, j : j + W]
    output = columns.reshape(N * H * W, 9 * C) @ weight.transpose(1, 2, 0, 3).reshape(9 * C, -1)
    output += bias
    return output.reshape(N, H, W, -1)


@add_to_class(VGG19)
def forward_speedup(self, images):
    x = np.ascontiguousarray(images.transpose(0, 2, 3, 1))
    for name in self.param_layer_name:
        layer = self.layers[name]
        if name.startswith("conv"):
            x = convolve_last(x, layer.weight, layer.bias)
        elif name.startswith("relu"):
            x = np.maximum(x, 0, out=x)
        elif name.startswith("pool"):
            N, H, W, C = x.shape
            x = x.reshape(N, H // 2, 2, W // 2, 2, C).max(axis=(2, 4))
        elif name == "flatten":
            x = x.reshape(len(x), -1)
        else:
            x = layer.forward(x)
    return x
