"""bottom_diff was computed with the weight's gradient. How an input changed the outputs depends on the
weight itself."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.sum(axis=0, keepdims=True)
    return top_diff @ self.d_weight.T
