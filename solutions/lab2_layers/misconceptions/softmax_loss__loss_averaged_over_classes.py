"""The loss was averaged over all entries of the array, classes included, so it is too small by a factor of
the number of classes. Average over the batch only."""

@add_to_class(SoftmaxLossLayer)
def forward(self, input):
    exp = np.exp(input - input.max(axis=1, keepdims=True))
    self.prob = exp / exp.sum(axis=1, keepdims=True)
    return self.prob


@add_to_class(SoftmaxLossLayer)
def get_loss(self, label):
    self.batch_size = len(self.prob)
    self.label_onehot = np.zeros_like(self.prob)
    self.label_onehot[np.arange(self.batch_size), label] = 1
    return -np.mean(np.log(self.prob) * self.label_onehot)


@add_to_class(SoftmaxLossLayer)
def backward(self):
    return (self.prob - self.label_onehot) / self.batch_size
