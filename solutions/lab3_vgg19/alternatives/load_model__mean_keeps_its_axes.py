"""The mean colour as (1, 1, 3), which is subtracted from a picture in the same way."""

@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]
    self.image_mean = mean_picture.mean(axis=(0, 1), keepdims=True)
    for index, name in enumerate(self.param_layer_name):
        if name.startswith("conv"):
            weight, bias = entry(self.params, index)
            self.layers[name].load_param(np.ascontiguousarray(weight.transpose(2, 0, 1, 3)), bias.reshape(-1))
        elif name.startswith("fc"):
            weight, bias = entry(self.params, index - 1)
            self.layers[name].load_param(weight.reshape(-1, weight.shape[3]), bias.reshape(1, -1))
