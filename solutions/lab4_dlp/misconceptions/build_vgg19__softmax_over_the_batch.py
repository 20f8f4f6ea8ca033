"""The softmax runs along axis 0, the batch. The classes lie along axis 1."""

@add_to_class(VGG19)
def build_model(self, param_path, quant_param_path):
    self.read_sizes(param_path)
    with np.load(quant_param_path) as file:
        input_pairs, filter_pairs = file["input"], file["filter"]  # 38 numbers each
    positions = self.image_size // 32  # height and width after five poolings
    self.input_quant_params, self.filter_quant_params = (
        [pycnml.QuantParam(int(pairs[i]), float(pairs[i + 1])) for i in range(0, len(pairs), 2)]
        for pairs in (input_pairs, filter_pairs)
    )
    grids = iter(self.input_quant_params)
    pad = self.kernel_size // 2
    self.net.setInputShape(1, 3, self.image_size, self.image_size)
    for block, (count, channels) in enumerate(zip((2, 2, 4, 4, 4), self.channels, strict=True), 1):
        for i in range(1, count + 1):
            self.net.createConvLayer(f"conv{block}_{i}", channels, self.kernel_size, 1, 1, pad, next(grids))
            self.net.createReLuLayer(f"relu{block}_{i}")
        self.net.createPoolingLayer(f"pool{block}", 2, 2)
    self.net.createFlattenLayer("flatten", [1, self.channels[4] * positions * positions, 1, 1])
    self.net.createMlpLayer("fc6", self.hidden[0], next(grids))
    self.net.createReLuLayer("relu6")
    self.net.createMlpLayer("fc7", self.hidden[1], next(grids))
    self.net.createReLuLayer("relu7")
    self.net.createMlpLayer("fc8", len(self.class_names), next(grids))
    self.net.createSoftmaxLayer("softmax", 0)
