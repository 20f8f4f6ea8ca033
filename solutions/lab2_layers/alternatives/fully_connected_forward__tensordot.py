"""tensordot over the inputs, and np.add with the bias spread out first."""


@add_to_class(FullyConnectedLayer)
def forward(self, input):
    self.input = input
    b = np.broadcast_to(self.bias, (input.shape[0], self.num_output))
    return np.add(np.tensordot(input, self.weight, axes=1), b)
