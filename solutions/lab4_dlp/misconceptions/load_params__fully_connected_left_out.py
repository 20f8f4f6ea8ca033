"""Only the convolutions are loaded. fc6, fc7 and fc8 have weights, too."""

@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]  # (H, W, 3)
    self.image_mean = mean_picture.mean(axis=(0, 1))
    grids = iter(self.filter_quant_params)
    for number in range(self.net.size()):
        name = self.net.getLayerName(number)
        if name.startswith("conv"):
            weight, bias = self.entry(number)
            weight = weight.transpose(3, 2, 0, 1)
        elif name.startswith("fc"):
            continue
        else:
            continue
        numbers = (part.flatten().astype(np.float64) for part in (weight, bias))
        self.net.loadParams(number, *numbers, next(grids))
