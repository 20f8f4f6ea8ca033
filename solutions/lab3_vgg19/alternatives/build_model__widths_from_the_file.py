"""Every width is read off the file's own weights, entry by entry."""


@add_to_class(VGG19)
def build_model(self):
    self.layers = {}
    place = 0
    for name in self.param_layer_name:
        if name.startswith("conv"):
            K, _, channel_in, channel_out = entry(self.params, place)[0].shape
            self.layers[name] = ConvolutionalLayer(K, channel_in, channel_out, 1, 1, type=1)
        elif name.startswith("fc"):
            h, w, c, out = entry(self.params, place)[0].shape
            self.layers[name] = FullyConnectedLayer(h * w * c, out)
        elif name.startswith("pool"):
            self.layers[name] = MaxPoolingLayer(2, 2, type=1)
        elif name.startswith("relu"):
            self.layers[name] = ReLULayer()
        elif name == "flatten":
            h, w, c, _ = entry(self.params, place)[0].shape
            self.layers[name] = FlattenLayer([c, h, w], [c * h * w])
            continue
        else:
            self.layers[name] = SoftmaxLossLayer()
        place += 1
