"""Only the first row of the batch reaches d_weight, which is right only for a batch of one. Every row adds
its own product of input and top_diff."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = np.outer(self.input[0], top_diff[0])
    self.d_bias = top_diff.sum(axis=0, keepdims=True)
    return top_diff @ self.weight.T
