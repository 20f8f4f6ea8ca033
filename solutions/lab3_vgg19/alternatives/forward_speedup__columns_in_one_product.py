"""Own convolution by img2col over the whole batch, ReLU in place, pooling by reshape."""


def fast_conv(x, weight, bias):
    N, C, H, W = x.shape
    padded = np.zeros((C, N, H + 2, W + 2), x.dtype)
    padded[:, :, 1:-1, 1:-1] = x.transpose(1, 0, 2, 3)
    columns = np.empty((C, 3, 3, N, H, W), x.dtype)
    for i in range(3):
        for j in range(3):
            columns[:, i, j] = padded[:, :, i : i + H, j : j + W]
    out = weight.reshape(-1, weight.shape[3]).T @ columns.reshape(C * 9, -1)
    out += bias.reshape(-1, 1)
    return out.reshape(-1, N, H, W).transpose(1, 0, 2, 3)


@add_to_class(VGG19)
def forward_speedup(self, images):
    x = images
    for name, layer in self.layers.items():
        if name.startswith("conv"):
            x = fast_conv(x, layer.weight, layer.bias)
        elif name.startswith("relu"):
            x = np.maximum(x, 0, out=x)
        elif name.startswith("pool"):
            n, c, h, w = x.shape
            x = x.reshape(n, c, h // 2, 2, w // 2, 2).max(axis=(3, 5))
        elif name.startswith("fc"):
            x = x.dot(layer.weight) + layer.bias
        else:
            x = layer.forward(x)
    return x
