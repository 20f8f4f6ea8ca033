"""Picture by picture, map by map."""

@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    total = 0.0
    for x, y in zip(input_layer, content_layer):
        for one, other in zip(x, y):
            total += np.square(one - other).sum()
    N, C, H, W = input_layer.shape
    return total / (2 * N * C * H * W)
