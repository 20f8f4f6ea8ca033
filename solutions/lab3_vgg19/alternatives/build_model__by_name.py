"""A loop over the 44 names; each name says what it is. All ReLUs are one object, for they keep nothing that
forward needs."""

@add_to_class(VGG19)
def build_model(self):
    self.layers, relu, before = {}, ReLULayer(), 3
    side = self.image_size
    widths = dict(zip(("fc6", "fc7", "fc8"), (*self.hidden, len(self.class_names))))
    for name in self.param_layer_name:
        if name.startswith("conv"):
            after = self.channels[int(name[4]) - 1]
            layer, before = ConvolutionalLayer(3, before, after, 1, 1, type=1), after
        elif name.startswith("pool"):
            layer, side = MaxPoolingLayer(kernel_size=2, stride=2, type=1), side // 2
        elif name == "flatten":
            layer, before = FlattenLayer([before, side, side], [before * side * side]), before * side * side
        elif name.startswith("fc"):
            layer, before = FullyConnectedLayer(before, widths[name]), widths[name]
        else:
            layer = relu if name.startswith("relu") else SoftmaxLossLayer()
        self.layers[name] = layer
