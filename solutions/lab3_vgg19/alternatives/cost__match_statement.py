"""A match statement over the classes."""


def cost(layers, input_shape):
    _, H, W = input_shape
    counts = dict.fromkeys(layers, (0, 0))
    for name, layer in layers.items():
        match layer:
            case ConvolutionalLayer(kernel_size=k, stride=s, padding=p, channel_in=i, channel_out=o):
                H, W = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
                counts[name] = (H * W * k * k * i * o, k * k * i * o + o)
            case MaxPoolingLayer(kernel_size=k, stride=s):
                H, W = (H - k) // s + 1, (W - k) // s + 1
            case FullyConnectedLayer(num_input=i, num_output=o):
                counts[name] = (i * o, (i + 1) * o)
    return counts
