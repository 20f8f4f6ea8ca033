"""A generator yields pairs of name and layer; dict takes them all."""


def vgg_pairs(channels, hidden, S, classes):
    widths = (3, *channels)
    for b, count in enumerate([2, 2, 4, 4, 4]):
        for i in range(count):
            cin = widths[b] if i == 0 else widths[b + 1]
            yield f"conv{b + 1}_{i + 1}", ConvolutionalLayer(
                kernel_size=3, channel_in=cin, channel_out=widths[b + 1], padding=1, stride=1, type=1
            )
            yield f"relu{b + 1}_{i + 1}", ReLULayer()
        yield f"pool{b + 1}", MaxPoolingLayer(kernel_size=2, stride=2, type=1)
    n = S * S * channels[-1]
    yield "flatten", FlattenLayer(input_shape=[channels[-1], S, S], output_shape=[n])
    yield "fc6", FullyConnectedLayer(num_input=n, num_output=hidden[0])
    yield "relu6", ReLULayer()
    yield "fc7", FullyConnectedLayer(num_input=hidden[0], num_output=hidden[1])
    yield "relu7", ReLULayer()
    yield "fc8", FullyConnectedLayer(num_input=hidden[1], num_output=classes)
    yield "softmax", SoftmaxLossLayer()


@add_to_class(VGG19)
def build_model(self):
    self.layers = dict(vgg_pairs(self.channels, self.hidden, self.image_size // 32, len(self.class_names)))
