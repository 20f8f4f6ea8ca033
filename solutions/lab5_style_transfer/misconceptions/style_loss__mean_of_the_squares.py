"""This is the mean of the squared differences. The number of positions that each entry sums over has to be
divided out as well."""

@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.mean(difference**2)
