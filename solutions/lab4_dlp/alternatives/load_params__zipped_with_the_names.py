"""The learning layers listed first, then zipped with the grids; layouts by moveaxis and ravel."""


@add_to_class(VGG19)
def load_model(self):
    self.image_mean = np.average(self.params["normalization"][0][0][0], axis=(0, 1))
    names = self.param_layer_name
    learning = [n for n in names if n.startswith(("conv", "fc"))]
    behind = names.index("flatten")
    for name, grid in zip(learning, self.filter_quant_params, strict=True):
        place = names.index(name)
        weight, bias = self.entry(place if place < behind else place - 1)
        if name.startswith("fc"):
            flat = np.transpose(weight.reshape(-1, weight.shape[-1])).ravel()
        else:
            flat = np.moveaxis(weight, (3, 2), (0, 1)).ravel()
        self.net.loadParams(place, flat.astype(float), bias.ravel().astype(float), grid)
