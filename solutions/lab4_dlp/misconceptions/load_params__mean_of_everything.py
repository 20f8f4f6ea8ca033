"""image_mean is one value, the mean of everything. Each of the three colours has its own."""

@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]  # (H, W, 3)
    self.image_mean = np.array([mean_picture.mean()])
    grids = iter(self.filter_quant_params)
    for number in range(self.net.size()):
        name = self.net.getLayerName(number)
        if name.startswith("conv"):
            weight, bias = self.entry(number)
            weight = weight.transpose(3, 2, 0, 1)
        elif name.startswith("fc"):
            weight, bias = self.entry(number - 1)  # the file has no flatten
            weight = weight.reshape(-1, weight.shape[3]).T
        else:
            continue
        numbers = (part.flatten().astype(np.float64) for part in (weight, bias))
        self.net.loadParams(number, *numbers, next(grids))
