"""np.moveaxis, and np.rollaxis on the way back."""

@add_to_class(FlattenLayer)
def forward(self, input):
    return np.moveaxis(input, 1, -1).reshape([-1] + list(self.output_shape))


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    channels, height, width = self.input_shape
    return np.rollaxis(top_diff.reshape(-1, height, width, channels), 3, 1)
