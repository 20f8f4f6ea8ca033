"""d_bias is one value, the sum of all of top_diff. Each output has a bias of its own: sum over the batch only."""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = np.sum(top_diff)
    return top_diff @ self.weight.T
