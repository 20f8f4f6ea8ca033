"""The file is read a second time, as the original course's code does, and weights are set position by
position."""

@add_to_class(VGG19)
def load_model(self):
    params = scipy.io.loadmat(self.param_path)
    self.image_mean = np.mean(params["normalization"][0][0][0], axis=(0, 1))
    for idx in range(43):
        if "conv" in self.param_layer_name[idx]:
            weight, bias = params["layers"][0][idx][0][0][0][0]
            turned = np.empty((weight.shape[2], weight.shape[0], weight.shape[1], weight.shape[3]), np.float32)
            for row in range(weight.shape[0]):
                for column in range(weight.shape[1]):
                    turned[:, row, column, :] = weight[row, column]
            self.layers[self.param_layer_name[idx]].load_param(turned, bias.reshape(-1))
        if idx >= 37 and "fc" in self.param_layer_name[idx + 1]:
            weight, bias = params["layers"][0][idx][0][0][0][0]
            rows = weight.shape[0] * weight.shape[1] * weight.shape[2]
            self.layers[self.param_layer_name[idx + 1]].load_param(weight.reshape(rows, weight.shape[3]), bias)
