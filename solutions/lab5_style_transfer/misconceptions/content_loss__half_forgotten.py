"""The half is missing: the squared differences are divided by N C H W, where 2 N C H W is asked for."""

@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    return np.mean((input_layer - content_layer) ** 2)
