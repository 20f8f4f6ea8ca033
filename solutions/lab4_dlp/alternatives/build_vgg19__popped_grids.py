"""Grids popped off a reversed copy; blocks as a list of pairs."""


@add_to_class(VGG19)
def build_model(self, param_path, quant_param_path):
    self.read_sizes(param_path)
    with np.load(quant_param_path) as file:
        a, b = file["input"], file["filter"]
    make = lambda p: list(map(pycnml.QuantParam, p[::2].astype(int).tolist(), p[1::2].tolist()))
    self.input_quant_params = make(a)
    self.filter_quant_params = make(b)
    left = self.input_quant_params[::-1]
    net, K = self.net, self.kernel_size
    net.setInputShape(1, 3, self.image_size, self.image_size)
    for number, (repeat, width) in enumerate([*zip([2, 2, 4, 4, 4], self.channels)]):
        for r in range(repeat):
            suffix = "%d_%d" % (number + 1, r + 1)
            net.createConvLayer("conv" + suffix, width, K, 1, 1, K // 2, left.pop())
            net.createReLuLayer("relu" + suffix)
        net.createPoolingLayer("pool" + str(number + 1), 2, 2)
    side = self.image_size // 32
    net.createFlattenLayer("flatten", [1, self.channels[4] * side**2, 1, 1])
    for k, width in zip("678", [*self.hidden, len(self.class_names)]):
        net.createMlpLayer("fc" + k, width, left.pop())
        if k != "8":
            net.createReLuLayer("relu" + k)
    net.createSoftmaxLayer("softmax", 1)
