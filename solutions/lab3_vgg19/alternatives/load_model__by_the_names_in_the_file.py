"""Each entry carries its own name, so nobody has to count."""

@add_to_class(VGG19)
def load_model(self):
    self.image_mean = np.mean(self.params["normalization"][0][0][0], axis=0).mean(axis=0)
    for cell in self.params["layers"][0]:
        record = cell[0][0]
        if "weights" not in record.dtype.names:
            continue
        name, (weight, bias) = str(record["name"][0]), record["weights"][0]
        if name.startswith("conv"):
            self.layers[name].load_param(np.moveaxis(weight, 2, 0), bias[0])
        else:
            self.layers[name].load_param(weight.reshape(-1, bias.size), bias)
