"""bottom_diff was computed from the weight alone. How much the loss changes with an output, top_diff, is the other
factor."""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.sum(axis=0, keepdims=True)
    return np.ones_like(top_diff) @ self.weight.T
