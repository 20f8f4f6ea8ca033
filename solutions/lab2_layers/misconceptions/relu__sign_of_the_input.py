"""top_diff was multiplied by the sign of the input, which turns it around where the input is negative. There it must be
0."""


@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input
    return np.maximum(input, 0)


@add_to_class(ReLULayer)
def backward(self, top_diff):
    assert top_diff.shape == self.input.shape, f"top_diff {top_diff.shape}, input {self.input.shape}"
    return top_diff * np.sign(self.input)
