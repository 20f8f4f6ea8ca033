"""Outer products, one row of the batch after the other."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    self.d_weight = np.zeros_like(self.weight)
    self.d_bias = np.zeros_like(self.bias)
    bottom_diff = np.zeros_like(self.input)
    for n in range(top_diff.shape[0]):
        self.d_weight += np.outer(self.input[n], top_diff[n])
        self.d_bias += top_diff[n]
        bottom_diff[n] = self.weight.dot(top_diff[n])
    return bottom_diff
