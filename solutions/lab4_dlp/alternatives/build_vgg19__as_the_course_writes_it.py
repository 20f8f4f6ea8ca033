"""A new network, the pairs in a counting loop, and the first lines written out."""

@add_to_class(VGG19)
def build_model(self, param_path, quant_param_path):
    self.read_sizes(param_path)
    self.net = pycnml.CnmlNet(16)
    stored = np.load(quant_param_path)
    self.input_quant_params, self.filter_quant_params = [], []
    for i in range(0, len(stored["input"]), 2):
        self.input_quant_params.append(pycnml.QuantParam(int(stored["input"][i]), float(stored["input"][i + 1])))
        self.filter_quant_params.append(pycnml.QuantParam(int(stored["filter"][i]), float(stored["filter"][i + 1])))
    stored.close()
    S, K, q = self.image_size, self.kernel_size, self.input_quant_params
    self.net.setInputShape(1, 3, S, S)
    self.net.createConvLayer("conv1_1", self.channels[0], K, 1, 1, K // 2, q[0])
    self.net.createReLuLayer("relu1_1")
    self.net.createConvLayer("conv1_2", self.channels[0], K, 1, 1, K // 2, q[1])
    self.net.createReLuLayer("relu1_2")
    self.net.createPoolingLayer("pool1", 2, 2)
    at = 2
    for block, count in ((2, 2), (3, 4), (4, 4), (5, 4)):
        for i in range(count):
            place = f"{block}_{i + 1}"
            self.net.createConvLayer("conv" + place, self.channels[block - 1], K, 1, 1, K // 2, q[at])
            self.net.createReLuLayer("relu" + place)
            at += 1
        self.net.createPoolingLayer(f"pool{block}", 2, 2)
    self.net.createFlattenLayer("flatten", [1, self.channels[4] * (S // 32) * (S // 32), 1, 1])
    self.net.createMlpLayer("fc6", self.hidden[0], q[16])
    self.net.createReLuLayer("relu6")
    self.net.createMlpLayer("fc7", self.hidden[1], q[17])
    self.net.createReLuLayer("relu7")
    self.net.createMlpLayer("fc8", len(self.class_names), q[18])
    self.net.createSoftmaxLayer("softmax", 1)
