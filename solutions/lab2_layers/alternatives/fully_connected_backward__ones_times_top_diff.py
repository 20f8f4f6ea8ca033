"""The course's way: d_bias is a row of ones times top_diff."""

@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    self.d_weight = np.dot(self.input.T, top_diff)
    self.d_bias = np.dot(np.ones([1, top_diff.shape[0]]), top_diff)
    return np.dot(top_diff, self.weight.T)
