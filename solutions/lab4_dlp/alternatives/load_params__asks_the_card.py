"""The card says itself which layers need numbers; the last ones are loaded first."""

@add_to_class(VGG19)
def load_model(self):
    learning = [n for n in range(self.net.size()) if self.net.needToBeQuantized(n)]
    for n, grid in reversed(list(zip(learning, self.filter_quant_params, strict=True))):
        connected = "fc" in self.net.getLayerName(n)
        weight, bias = self.params["layers"][0][n - 1 if connected else n][0][0][0][0]
        if connected:
            weight = np.swapaxes(weight.reshape(-1, weight.shape[-1]), 0, 1)
        else:
            weight = np.transpose(weight, [3, 2, 0, 1])
        self.net.loadParams(n, weight.flatten().astype(float), bias.reshape(-1).astype(float), grid)
    self.image_mean = np.mean(self.params["normalization"][0][0][0], axis=(0, 1))
