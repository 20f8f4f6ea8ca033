"""A mask that forward keeps, and that backward multiplies with."""


@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input
    self.mask = (input >= 0).astype(input.dtype)
    return input * self.mask


@add_to_class(ReLULayer)
def backward(self, top_diff):
    return self.mask * top_diff
