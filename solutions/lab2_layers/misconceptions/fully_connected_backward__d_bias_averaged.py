"""d_bias is the mean over the batch, but all rows share the bias, so it is the sum of their gradients. The
loss has divided by the batch size already."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.mean(axis=0, keepdims=True)
    return top_diff @ self.weight.T
