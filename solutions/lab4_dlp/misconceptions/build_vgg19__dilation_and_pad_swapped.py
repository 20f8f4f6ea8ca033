"""dilation and pad are swapped: createConvLayer takes stride, dilation, pad in this order. With kernels of 3 x 3
both are 1 and nobody notices; with wider ones every layer changes the size.

The numbers that `createConvLayer` gets. Read its docstring beside your call and say aloud what each of them means.
Then work out, for kernels of 5 x 5 and with your numbers, how high the map behind conv1_1 is.

Five numbers stand in a row without names, and the machine cannot guess which one you meant. Dilation spreads the
entries of the kernel: at 1 they touch, at 2 a pixel is left out between them. Padding puts a border of zeros around
the input. For kernels of 3 x 3 both are 1, so a swap changes nothing. A larger kernel needs more padding, and no more
dilation: swapped, the layer looks at pixels far apart, and each map comes out smaller.

Put the two into the order of the signature: behind the stride comes how far the entries lie apart, and the border is
the last of the five. The grid stays where it is.
"""


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
            self.net.createConvLayer(f"conv{block}_{i}", channels, self.kernel_size, 1, pad, 1, next(grids))
            self.net.createReLuLayer(f"relu{block}_{i}")
        self.net.createPoolingLayer(f"pool{block}", 2, 2)
    self.net.createFlattenLayer("flatten", [1, self.channels[4] * positions * positions, 1, 1])
    self.net.createMlpLayer("fc6", self.hidden[0], next(grids))
    self.net.createReLuLayer("relu6")
    self.net.createMlpLayer("fc7", self.hidden[1], next(grids))
    self.net.createReLuLayer("relu7")
    self.net.createMlpLayer("fc8", len(self.class_names), next(grids))
    self.net.createSoftmaxLayer("softmax", 1)
