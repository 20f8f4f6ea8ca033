"""d_bias came out as a plain vector. The bias has shape (1, num_output), and its gradient has the shape of
the bias: look at what the sum does with the axis it sums over."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.sum(axis=0)
    return top_diff @ self.weight.T
