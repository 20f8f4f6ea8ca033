"""The gradients of an earlier call are still in d_weight and d_bias. Each backward must compute them anew,
or else a training step uses those of all steps before it."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    if not hasattr(self, "d_weight"):
        self.d_weight = np.zeros_like(self.weight)
        self.d_bias = np.zeros_like(self.bias)
    self.d_weight = self.d_weight + self.input.T @ top_diff
    self.d_bias = self.d_bias + top_diff.sum(axis=0, keepdims=True)
    return top_diff @ self.weight.T
