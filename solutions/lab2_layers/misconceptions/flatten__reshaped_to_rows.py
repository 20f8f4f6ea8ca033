"""The feature map was reshaped as it lies, channel by channel, and into one row whatever output_shape says. Go to N, H,
W, C order first, then take the shape asked for."""


@add_to_class(FlattenLayer)
def forward(self, input):
    assert input.shape[1:] == self.input_shape, f"input {input.shape}, expected N and {self.input_shape}"
    return input.reshape(len(input), -1)


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    assert top_diff.shape[1:] == self.output_shape, f"top_diff {top_diff.shape}"
    C, H, W = self.input_shape
    return top_diff.reshape(len(top_diff), C, H, W)
