"""What is negative was kept, and what is positive dropped. ReLU keeps the larger of the value and 0."""


@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input
    return np.minimum(input, 0)


@add_to_class(ReLULayer)
def backward(self, top_diff):
    assert top_diff.shape == self.input.shape, f"top_diff {top_diff.shape}, input {self.input.shape}"
    return top_diff * (self.input >= 0)
