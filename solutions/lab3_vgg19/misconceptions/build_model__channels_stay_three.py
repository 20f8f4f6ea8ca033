"""Every convolution reads 3 channels. From the second one on it reads what the one before it writes."""


@add_to_class(VGG19)
def build_model(self):
    self.layers = {}
    positions = self.image_size // 32
    classes = len(self.class_names)
    channel_in = 3
    for block, (count, channel_out) in enumerate(zip((2, 2, 4, 4, 4), self.channels, strict=True), 1):
        for i in range(1, count + 1):
            self.layers[f"conv{block}_{i}"] = ConvolutionalLayer(3, channel_in, channel_out, 1, 1, type=1)
            self.layers[f"relu{block}_{i}"] = ReLULayer()
        self.layers[f"pool{block}"] = MaxPoolingLayer(2, 2, type=1)
    features = channel_in * positions * positions
    self.layers["flatten"] = FlattenLayer([channel_in, positions, positions], [features])
    self.layers["fc6"] = FullyConnectedLayer(features, self.hidden[0])
    self.layers["relu6"] = ReLULayer()
    self.layers["fc7"] = FullyConnectedLayer(self.hidden[0], self.hidden[1])
    self.layers["relu7"] = ReLULayer()
    self.layers["fc8"] = FullyConnectedLayer(self.hidden[1], classes)
    self.layers["softmax"] = SoftmaxLossLayer()
    return
