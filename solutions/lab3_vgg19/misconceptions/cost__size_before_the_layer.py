"""The size of a convolution's input was counted. There is one sum of products for each value of its output.

The line that keeps height and width for the product. Does it stand before or after the lines that compute the new
ones? Take a kernel of 3 x 3 without padding and a picture of 5 x 5: in how many positions is the filter laid on the
picture?

The work of a convolution is counted by its results. Each value of the output is one sum of products, over a window
and all input channels; the pixels of the input are not what is counted, since most of them take part in several
windows. In VGG19, padding 1 keeps height and width, so that both sizes are the same and nothing shows. A stride, or a
kernel without padding, tells them apart.

Compute height and width behind the layer first, and then multiply by those. You need them anyway, since the next
layer begins with them.
"""


def cost(layers, input_shape):
    H, W = input_shape[1:]
    counts = {}
    for name, layer in layers.items():
        counts[name] = (0, 0)
        if isinstance(layer, ConvolutionalLayer | MaxPoolingLayer):
            came = H * W
            padding = getattr(layer, "padding", 0)
            H = (H + 2 * padding - layer.kernel_size) // layer.stride + 1
            W = (W + 2 * padding - layer.kernel_size) // layer.stride + 1
        if isinstance(layer, ConvolutionalLayer):
            weights = layer.channel_in * layer.kernel_size**2 * layer.channel_out
            counts[name] = (came * weights, weights + layer.channel_out)
        elif isinstance(layer, FullyConnectedLayer):
            weights = layer.num_input * layer.num_output
            counts[name] = (weights, weights + layer.num_output)
    return counts
