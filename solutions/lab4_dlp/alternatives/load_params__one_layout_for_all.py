"""Every weight of the file as (Cout, Cin, H, W) or (Cout, rest), by one helper."""


def flat_weight(weight, channels_first):
    n = weight.shape[3]
    w = np.rollaxis(weight, 3)
    if channels_first:
        w = np.rollaxis(w, 3, 1)
    return np.float64(w.reshape(n, -1)).flatten()


@add_to_class(VGG19)
def load_model(self):
    picture = self.params["normalization"][0][0][0]
    self.image_mean = np.array([picture[:, :, c].mean() for c in range(3)])
    used, entry_number = 0, 0
    for number, name in enumerate(self.param_layer_name):
        if name == "flatten":
            continue
        if name[:2] in ("co", "fc"):
            weight, bias = self.entry(entry_number)
            values = flat_weight(weight, name[:2] == "co")
            self.net.loadParams(number, values, np.float64(bias).flatten(), self.filter_quant_params[used])
            used += 1
        entry_number += 1
