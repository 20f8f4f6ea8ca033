"""A loop over the pictures and the maps."""


@add_to_class(ContentLossLayer)
def backward(self, input_layer, content_layer):
    out = np.zeros_like(input_layer)
    scale = 1.0 / np.prod(input_layer.shape)
    for n, (X, Y) in enumerate(zip(input_layer, content_layer)):
        for c in range(len(X)):
            out[n, c] = scale * (X[c] - Y[c])
    return out
