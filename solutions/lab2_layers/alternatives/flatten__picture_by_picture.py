"""Pixel after pixel, each with all of its channels."""

@add_to_class(FlattenLayer)
def forward(self, input):
    N, C, H, W = input.shape
    pixels = [input[:, :, h, w] for h in range(H) for w in range(W)]
    return np.concatenate(pixels, axis=1).reshape(N, *self.output_shape)


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    C, H, W = self.input_shape
    bottom_diff = np.empty((len(top_diff), C, H, W), dtype=top_diff.dtype)
    values = top_diff.reshape(len(top_diff), H * W, C)
    for place in range(H * W):
        bottom_diff[:, :, place // W, place % W] = values[:, place]
    return bottom_diff
