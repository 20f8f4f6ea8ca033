"""The squared differences are summed and halved, but not divided by how many there are. A larger image would be
further off."""

@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    return 0.5 * np.sum((input_layer - content_layer) ** 2)
