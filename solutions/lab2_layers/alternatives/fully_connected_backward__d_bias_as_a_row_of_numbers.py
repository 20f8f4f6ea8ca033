"""d_bias as a plain vector, which update_param takes as well."""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.sum(axis=0)
    return top_diff @ self.weight.T
