"""The maps as rows of a table for each picture, scaled at the end by the layer's own factor."""


@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    shape = input_layer.shape
    flat = np.reshape(input_layer, (shape[0], shape[1], -1))
    E = gram_matrix(input_layer) - gram_matrix(style_layer)
    out = np.matmul(E, flat)
    out /= shape[0] * shape[1] ** 2 * flat.shape[2] ** 2
    return out.reshape(shape)
