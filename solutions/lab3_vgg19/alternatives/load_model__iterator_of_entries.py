"""One iterator over the names in the file's order, without flatten."""


@add_to_class(VGG19)
def load_model(self):
    picture = self.params["normalization"][0][0][0]
    self.image_mean = np.mean(picture.reshape(-1, 3), axis=0)
    names = [name for name in self.param_layer_name if name != "flatten"]
    for position, name in enumerate(names):
        if name[:4] == "conv":
            w, b = entry(self.params, position)
            self.layers[name].load_param(np.moveaxis(w, 2, 0).copy(), b.ravel())
        if name[:2] == "fc":
            w, b = entry(self.params, position)
            n_in, n_out = np.prod(w.shape[:3]), w.shape[3]
            self.layers[name].load_param(w.reshape((n_in, n_out)), b.reshape((1, n_out)))
