"""Go through the 44 names and let each say what it is."""

@add_to_class(VGG19)
def build_model(self, param_path, quant_param_path):
    self.read_sizes(param_path)
    with np.load(quant_param_path) as file:
        input_pairs, filter_pairs = file["input"], file["filter"]  # 38 numbers each
    positions = self.image_size // 32  # height and width after five poolings
    for pairs, kept in ((input_pairs, self.input_quant_params), (filter_pairs, self.filter_quant_params)):
        kept[:] = [pycnml.QuantParam(int(p), float(s)) for p, s in zip(pairs[0::2], pairs[1::2], strict=True)]
    self.net.setInputShape(n=1, c=3, h=self.image_size, w=self.image_size)
    outputs = {"fc6": self.hidden[0], "fc7": self.hidden[1], "fc8": len(self.class_names)}
    used = 0
    for name in self.param_layer_name:
        if name[:4] == "conv":
            self.net.createConvLayer(
                name,
                out_channel=self.channels[int(name[4]) - 1],
                kernel_size=self.kernel_size,
                stride=1,
                pad=(self.kernel_size - 1) // 2,
                dilation=1,
                quant_param=self.input_quant_params[used],
            )
        elif name[:2] == "fc":
            self.net.createMlpLayer(name, outputs[name], self.input_quant_params[used])
        elif name[:4] == "relu":
            self.net.createReLuLayer(name)
        elif name[:4] == "pool":
            self.net.createPoolingLayer(name, kernel_size=2, stride=2)
        elif name == "flatten":
            self.net.createFlattenLayer(name, (1, positions**2 * self.channels[-1], 1, 1))
        else:
            self.net.createSoftmaxLayer(name, axis=1)
        used += name[:4] == "conv" or name[:2] == "fc"
