"""The places as lists, and einsum for the layouts."""

@add_to_class(VGG19)
def load_model(self):
    self.image_mean = np.mean(self.params["normalization"][0][0][0].reshape(-1, 3), axis=0)
    convolutions = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34]
    places = [(number, number, "hwio->oihw") for number in convolutions]
    places += [(number, number - 1, "hwio->ohwi") for number in (38, 40, 42)]
    for (number, place, letters), grid in zip(places, self.filter_quant_params, strict=True):
        weight, bias = self.entry(place)
        flat = np.einsum(letters, weight).ravel().tolist()
        self.net.loadParams(number, flat, bias.ravel().tolist(), grid)
