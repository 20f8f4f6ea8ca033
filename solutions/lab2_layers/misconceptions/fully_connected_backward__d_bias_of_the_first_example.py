"""d_bias is the first row of top_diff. The bias touched every example: sum over the batch."""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff[:1]
    return top_diff @ self.weight.T
