"""(x + |x|) / 2, and np.multiply with where for the gradient."""


@add_to_class(ReLULayer)
def forward(self, input):
    self.input = input
    return (input + np.abs(input)) / 2


@add_to_class(ReLULayer)
def backward(self, top_diff):
    slope = np.zeros_like(top_diff)
    np.multiply(top_diff, 1, out=slope, where=self.input >= 0)
    return slope
