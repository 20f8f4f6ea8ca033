"""Every width is read off the file's own weights, entry by entry."""


@add_to_class(VGG19)
def build_model(self, param_path, quant_param_path):
    self.read_sizes(param_path)
    with np.load(quant_param_path) as file:
        inputs, filters = file["input"], file["filter"]
    self.input_quant_params = [pycnml.QuantParam(int(p), float(s)) for p, s in zip(inputs[::2], inputs[1::2])]
    self.filter_quant_params = [pycnml.QuantParam(int(p), float(s)) for p, s in zip(filters[::2], filters[1::2])]
    self.net.setInputShape(1, 3, self.image_size, self.image_size)
    place, grid = 0, 0
    for name in self.param_layer_name:
        if name.startswith("conv"):
            K, _, _, width = self.entry(place)[0].shape
            self.net.createConvLayer(name, int(width), int(K), 1, 1, int(K) // 2, self.input_quant_params[grid])
            grid += 1
        elif name.startswith("fc"):
            self.net.createMlpLayer(name, int(self.entry(place)[0].shape[3]), self.input_quant_params[grid])
            grid += 1
        elif name.startswith("relu"):
            self.net.createReLuLayer(name)
        elif name.startswith("pool"):
            self.net.createPoolingLayer(name, 2, 2)
        elif name == "flatten":
            h, w, c, _ = self.entry(place)[0].shape
            self.net.createFlattenLayer(name, [1, int(h * w * c), 1, 1])
            continue
        else:
            self.net.createSoftmaxLayer(name, 1)
        place += 1
