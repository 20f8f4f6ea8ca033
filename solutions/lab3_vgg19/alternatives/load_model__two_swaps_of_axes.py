"""swapaxes twice for the layout, squeeze for the bias, and the kind asked by isinstance."""


@add_to_class(VGG19)
def load_model(self):
    self.image_mean = self.params["normalization"][0][0][0].sum(axis=0).sum(axis=0)
    self.image_mean = self.image_mean / (self.params["normalization"][0][0][0].size / 3)
    shift = 0
    for i, (name, layer) in enumerate(self.layers.items()):
        if isinstance(layer, FlattenLayer):
            shift = 1
        elif isinstance(layer, ConvolutionalLayer):
            weight, bias = entry(self.params, i)
            layer.load_param(weight.swapaxes(1, 2).swapaxes(0, 1), np.squeeze(bias, axis=0))
        elif isinstance(layer, FullyConnectedLayer):
            weight, bias = entry(self.params, i - shift)
            layer.load_param(weight.reshape(layer.num_input, layer.num_output), bias)
