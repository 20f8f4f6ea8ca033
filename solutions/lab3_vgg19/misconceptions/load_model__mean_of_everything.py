"""image_mean is one value for all colours. The mean is taken over rows and columns only; red, green and blue
each keep their own."""

@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]
    assert mean_picture.shape[2] == 3, mean_picture.shape
    self.image_mean = mean_picture.mean()
    for index, name in enumerate(self.param_layer_name):
        if name.startswith("conv"):
            weight, bias = entry(self.params, index)
            # In memory too the numbers should lie in the new order: every forward pass reads them.
            self.layers[name].load_param(np.ascontiguousarray(weight.transpose(2, 0, 1, 3)), bias.reshape(-1))
        elif name.startswith("fc"):
            weight, bias = entry(self.params, index - 1)  # the file has no flatten
            self.layers[name].load_param(weight.reshape(-1, weight.shape[3]), bias.reshape(1, -1))
