"""Walks param_layer_name and calls a small function for each kind, with counters in a dict."""


@add_to_class(VGG19)
def build_model(self, param_path, quant_param_path):
    self.read_sizes(param_path)
    stored = np.load(quant_param_path)

    def params(key):
        pairs = stored[key].reshape(-1, 2)
        return [pycnml.QuantParam(int(p), float(s)) for p, s in pairs]

    self.input_quant_params, self.filter_quant_params = params("input"), params("filter")
    outputs = dict(zip(("fc6", "fc7", "fc8"), (*self.hidden, len(self.class_names))))
    used = 0
    self.net.setInputShape(1, 3, self.image_size, self.image_size)
    for name in self.param_layer_name:
        kind = name.rstrip("0123456789_")
        if kind == "conv":
            width = self.channels[int(name[4]) - 1]
            self.net.createConvLayer(name, width, self.kernel_size, 1, 1, (self.kernel_size - 1) // 2, self.input_quant_params[used])
            used += 1
        elif kind == "fc":
            self.net.createMlpLayer(name, outputs[name], self.input_quant_params[used])
            used += 1
        elif kind == "relu":
            self.net.createReLuLayer(name)
        elif kind == "pool":
            self.net.createPoolingLayer(name, 2, 2)
        elif kind == "flatten":
            side = self.image_size // 32
            self.net.createFlattenLayer(name, [1, side * side * self.channels[-1], 1, 1])
        else:
            self.net.createSoftmaxLayer(name, 1)
