"""Logarithms of probabilities by logsumexp; the loss reads them directly."""

@add_to_class(SoftmaxLossLayer)
def forward(self, input):
    largest = np.max(input, axis=1, keepdims=True)
    sums = np.sum(np.exp(input - largest), axis=1, keepdims=True)
    self.log_prob = input - (largest + np.log(sums))
    self.prob = np.exp(self.log_prob)
    return self.prob


@add_to_class(SoftmaxLossLayer)
def get_loss(self, label):
    self.label = label
    return sum(-self.log_prob[n, label[n]] for n in range(len(label))) / len(label)


@add_to_class(SoftmaxLossLayer)
def backward(self):
    bottom_diff = self.prob.copy()
    bottom_diff[np.arange(len(self.label)), self.label] -= 1
    return bottom_diff / len(self.label)
