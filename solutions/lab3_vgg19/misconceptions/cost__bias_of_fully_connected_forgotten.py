"""The biases of fully connected layers are missing among the parameters: one for each output."""


def cost(layers, input_shape):
    H, W = input_shape[1:]
    counts = {}
    for name, layer in layers.items():
        counts[name] = (0, 0)
        if isinstance(layer, ConvolutionalLayer | MaxPoolingLayer):
            padding = getattr(layer, "padding", 0)
            H = (H + 2 * padding - layer.kernel_size) // layer.stride + 1
            W = (W + 2 * padding - layer.kernel_size) // layer.stride + 1
        if isinstance(layer, ConvolutionalLayer):
            weights = layer.channel_in * layer.kernel_size**2 * layer.channel_out
            counts[name] = (H * W * weights, weights + layer.channel_out)
        elif isinstance(layer, FullyConnectedLayer):
            weights = layer.num_input * layer.num_output
            counts[name] = (weights, weights)
    return counts
