"""A dict from class to a function that returns counts and the next shape."""


def _conv(layer, shape):
    size = [(n + 2 * layer.padding - layer.kernel_size) // layer.stride + 1 for n in shape[1:]]
    per_output = layer.channel_in * layer.kernel_size * layer.kernel_size
    outputs = layer.channel_out * size[0] * size[1]
    return (outputs * per_output, layer.channel_out * (per_output + 1)), (layer.channel_out, *size)


def _pool(layer, shape):
    return (0, 0), (shape[0], *((n - layer.kernel_size) // layer.stride + 1 for n in shape[1:]))


def _full(layer, shape):
    return (layer.num_input * layer.num_output, (layer.num_input + 1) * layer.num_output), shape


def cost(layers, input_shape):
    rules = {ConvolutionalLayer: _conv, MaxPoolingLayer: _pool, FullyConnectedLayer: _full}
    counts, shape = {}, tuple(input_shape)
    for name in layers:
        rule = rules.get(type(layers[name]), lambda layer, shape: ((0, 0), shape))
        counts[name], shape = rule(layers[name], shape)
    return counts
