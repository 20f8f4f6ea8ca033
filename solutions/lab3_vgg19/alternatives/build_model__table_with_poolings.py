"""One table of the blocks, as PyTorch's own VGG has it; a number is a convolution, M a pooling."""

@add_to_class(VGG19)
def build_model(self):
    layers, block, i, before = [], 1, 1, 3
    c = self.channels
    for item in [*[c[0]] * 2, "M", *[c[1]] * 2, "M", *[c[2]] * 4, "M", *[c[3]] * 4, "M", *[c[4]] * 4, "M"]:
        if item == "M":
            layers.append((f"pool{block}", MaxPoolingLayer(2, 2, 1)))
            block, i = block + 1, 1
        else:
            layers.append((f"conv{block}_{i}", ConvolutionalLayer(3, before, item, 1, 1, 1)))
            layers.append((f"relu{block}_{i}", ReLULayer()))
            before, i = item, i + 1
    side = self.image_size // 2**5
    sizes = [before * side**2, *self.hidden, len(self.class_names)]
    layers.append(("flatten", FlattenLayer((before, side, side), (sizes[0],))))
    for number, (num_input, num_output) in enumerate(zip(sizes, sizes[1:]), 6):
        layers.append((f"fc{number}", FullyConnectedLayer(num_input, num_output)))
        layers.append((f"relu{number}", ReLULayer()) if number < 8 else ("softmax", SoftmaxLossLayer()))
    self.layers = dict(layers)
