"""Three einsums with named axes."""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    self.d_weight = np.einsum("ni,no->io", self.input, top_diff)
    self.d_bias = np.einsum("no->o", top_diff).reshape(1, -1)
    return np.einsum("no,io->ni", top_diff, self.weight)
