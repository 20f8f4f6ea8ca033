"""A helper turns an entry into the layer's own shapes, whatever the layer is."""


def numbers_for(layer, weight, bias):
    if hasattr(layer, "kernel_size"):
        return np.einsum("hwio->ihwo", weight).copy(), bias.flatten()
    return np.reshape(weight, (-1, weight.shape[-1])), np.reshape(bias, (1, -1))


@add_to_class(VGG19)
def load_model(self):
    mean = np.asarray(self.params["normalization"][0][0][0], dtype=np.float64)
    self.image_mean = mean.mean(0).mean(0)
    in_file = list(self.param_layer_name)
    in_file.remove("flatten")
    for i in range(len(in_file)):
        layer = self.layers[in_file[i]]
        if hasattr(layer, "load_param"):
            layer.load_param(*numbers_for(layer, *entry(self.params, i)))
