"""A fully connected layer is a convolution as large as what it looks at."""

def positions(layer, size):
    padding = getattr(layer, "padding", 0)
    return tuple(int((n + 2 * padding - layer.kernel_size) / layer.stride) + 1 for n in size)


def cost(layers, input_shape):
    size, counts = input_shape[1:], {name: np.zeros(2, dtype=np.int64) for name in layers}
    for name, layer in layers.items():
        kind = type(layer).__name__
        if kind in ("ConvolutionalLayer", "MaxPoolingLayer"):
            size = positions(layer, size)
        if kind == "ConvolutionalLayer":
            inputs, outputs, times = layer.channel_in * layer.kernel_size**2, layer.channel_out, size[0] * size[1]
        elif kind == "FullyConnectedLayer":
            inputs, outputs, times = layer.num_input, layer.num_output, 1
        else:
            continue
        counts[name][:] = times * inputs * outputs, (inputs + 1) * outputs
    return counts
