"""A copy whose negative entries are set to zero, and a boolean mask for the gradient."""


@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input
    output = input.copy()
    output[output < 0] = 0
    return output


@add_to_class(ReLULayer)
def backward(self, top_diff):
    bottom_diff = top_diff.copy()
    bottom_diff[self.input < 0] = 0
    return bottom_diff
