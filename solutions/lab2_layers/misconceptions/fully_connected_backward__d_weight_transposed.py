"""d_weight is transposed: it must have the weight's own shape, (num_input, num_output). Check which factor
has the inputs and which has the outputs."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = top_diff.T @ self.input
    self.d_bias = top_diff.sum(axis=0, keepdims=True)
    return top_diff @ self.weight.T
