"""Einstein summation over the inputs."""

@add_to_class(FullyConnectedLayer)
def forward(self, input):
    self.input = input
    return np.einsum("ni,io->no", input, self.weight) + self.bias
