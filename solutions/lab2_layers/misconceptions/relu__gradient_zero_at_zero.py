"""The gradient is 0 where the input is exactly 0. By this course's convention an input of 0 still lets the
gradient through: compare with 0 again, and mind the equals sign."""

@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input  # backward needs it
    return np.maximum(input, 0)


@add_to_class(ReLULayer)
def backward(self, top_diff):
    assert top_diff.shape == self.input.shape, f"top_diff {top_diff.shape}, input {self.input.shape}"
    return top_diff * (self.input > 0)
