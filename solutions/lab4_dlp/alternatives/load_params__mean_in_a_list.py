"""The mean colour as a list of three numbers, which is subtracted from a picture in the same way."""


@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]  # (H, W, 3)
    self.image_mean = [float(mean_picture[..., channel].mean()) for channel in range(3)]
    grids = iter(self.filter_quant_params)
    for number, name in enumerate(self.param_layer_name):
        if not name.startswith(("conv", "fc")):
            continue
        weight, bias = self.entry(number - name.startswith("fc"))
        weight = weight.transpose(3, 2, 0, 1) if name.startswith("conv") else weight.reshape(-1, weight.shape[3]).T
        self.net.loadParams(number, weight.ravel().astype(np.float64).tolist(), bias.ravel().astype(float), next(grids))
