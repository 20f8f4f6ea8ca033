"""The places in the file as a list, and einsum for the layout."""

@add_to_class(VGG19)
def load_model(self):
    self.image_mean = self.params["normalization"][0][0][0].reshape(-1, 3).mean(axis=0)
    places = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34, 37, 39, 41]
    learning = [name for name in self.param_layer_name if name[:2] in ("co", "fc")]
    for place, name in zip(places, learning):
        weight, bias = entry(self.params, place)
        if place < 36:
            self.layers[name].load_param(np.einsum("hwio->ihwo", weight), bias.flatten())
        else:
            h, w, cin, cout = weight.shape
            self.layers[name].load_param(weight.reshape(h * w * cin, cout), bias)
