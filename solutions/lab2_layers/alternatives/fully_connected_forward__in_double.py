"""Computed in float64 and cast back."""


@add_to_class(FullyConnectedLayer)
def forward(self, input):
    self.input = input
    W, b = self.weight.astype(np.float64), self.bias.astype(np.float64)
    return (W.T.dot(input.T.astype(np.float64)) + b.T).T.astype(input.dtype)
