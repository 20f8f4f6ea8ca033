"""One string describes the network; a small loop reads it."""


@add_to_class(VGG19)
def build_model(self):
    self.layers = {}
    S, classes = self.image_size // 32, len(self.class_names)
    c, stage, number = 3, 1, 1
    for letter in "cc|cc|cccc|cccc|cccc|":
        if letter == "|":
            self.layers["pool%d" % stage] = MaxPoolingLayer(2, 2, 1)
            stage, number = stage + 1, 1
        else:
            width = self.channels[stage - 1]
            self.layers["conv%d_%d" % (stage, number)] = ConvolutionalLayer(3, c, width, 1, 1, 1)
            self.layers["relu%d_%d" % (stage, number)] = ReLULayer()
            c, number = width, number + 1
    sizes = [c * S * S, *self.hidden, classes]
    self.layers["flatten"] = FlattenLayer((c, S, S), (sizes[0],))
    for k in (6, 7, 8):
        self.layers[f"fc{k}"] = FullyConnectedLayer(sizes[k - 6], sizes[k - 5])
        if k < 8:
            self.layers[f"relu{k}"] = ReLULayer()
    self.layers["softmax"] = SoftmaxLossLayer()
