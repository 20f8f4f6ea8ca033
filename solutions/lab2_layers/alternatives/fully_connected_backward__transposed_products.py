"""All products of transposes, and np.add.reduce for the bias."""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    self.d_weight = np.transpose(np.dot(np.transpose(top_diff), self.input))
    self.d_bias = np.add.reduce(top_diff, axis=0)[np.newaxis, :]
    bottom_diff = np.transpose(np.dot(self.weight, np.transpose(top_diff)))
    return bottom_diff
