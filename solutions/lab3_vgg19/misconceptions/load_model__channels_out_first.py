"""Outputs and inputs were exchanged: the weight became [Cout, K, K, Cin]. The layer wants [Cin, K, K, Cout]."""


@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]
    assert mean_picture.shape[2] == 3, mean_picture.shape
    self.image_mean = mean_picture.mean(axis=(0, 1))
    for index, name in enumerate(self.param_layer_name):
        if name.startswith("conv"):
            weight, bias = entry(self.params, index)
            self.layers[name].load_param(np.ascontiguousarray(weight.transpose(3, 0, 1, 2)), bias.reshape(-1))
        elif name.startswith("fc"):
            weight, bias = entry(self.params, index - 1)
            self.layers[name].load_param(weight.reshape(-1, weight.shape[3]), bias.reshape(1, -1))
    return
