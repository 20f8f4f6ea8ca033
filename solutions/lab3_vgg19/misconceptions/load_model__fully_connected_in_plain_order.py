"""The rows of the fully connected weights were put into C, H, W order. FlattenLayer returns H, W, C order, and
the file has the same: a reshape is all it takes."""

@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]
    assert mean_picture.shape[2] == 3, mean_picture.shape
    self.image_mean = mean_picture.mean(axis=(0, 1))
    for index, name in enumerate(self.param_layer_name):
        if name.startswith("conv"):
            weight, bias = entry(self.params, index)
            # In memory too the numbers should lie in the new order: every forward pass reads them.
            self.layers[name].load_param(np.ascontiguousarray(weight.transpose(2, 0, 1, 3)), bias.reshape(-1))
        elif name.startswith("fc"):
            weight, bias = entry(self.params, index - 1)  # the file has no flatten
            self.layers[name].load_param(weight.transpose(2, 0, 1, 3).reshape(-1, weight.shape[3]), bias.reshape(1, -1))
