"""top_diff was multiplied by the weight as it is, (in, out). Its columns must meet the outputs: for bottom_diff the
weight is needed transposed."""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.sum(axis=0, keepdims=True)
    return top_diff @ self.weight
