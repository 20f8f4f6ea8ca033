"""Backward returns the mask alone: the ReLU's own derivative, 0 or 1. The chain rule multiplies it by the
gradient that comes from above."""

@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input  # backward needs it
    return np.maximum(input, 0)


@add_to_class(ReLULayer)
def backward(self, top_diff):
    assert top_diff.shape == self.input.shape, f"top_diff {top_diff.shape}, input {self.input.shape}"
    return (self.input >= 0).astype(top_diff.dtype)
