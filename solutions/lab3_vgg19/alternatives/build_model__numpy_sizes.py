"""Sizes as NumPy's integers, and names from param_layer_name zipped with a list of layers."""


@add_to_class(VGG19)
def build_model(self):
    side = np.int64(self.image_size) // 32
    ch = np.array(self.channels)
    layers = []
    cin = np.int64(3)
    for cout, count in zip(ch, np.array([2, 2, 4, 4, 4])):
        for _ in range(count):
            layers += [ConvolutionalLayer(3, cin, cout, 1, 1, type=1), ReLULayer()]
            cin = cout
        layers.append(MaxPoolingLayer(2, 2, type=1))
    fan_in = cin * side**2
    layers.append(FlattenLayer([cin, side, side], [fan_in]))
    for fan_out in self.hidden:
        layers += [FullyConnectedLayer(fan_in, fan_out), ReLULayer()]
        fan_in = fan_out
    layers += [FullyConnectedLayer(fan_in, len(self.class_names)), SoftmaxLossLayer()]
    self.layers = dict(zip(self.param_layer_name, layers, strict=True))
