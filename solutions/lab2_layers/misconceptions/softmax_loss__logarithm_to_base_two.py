"""The loss uses the logarithm to base 2. Take the natural one, np.log, of which the gradient is the derivative."""


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
    return -np.mean(np.log2(self.prob[np.arange(self.batch_size), label]))


@add_to_class(SoftmaxLossLayer)
def backward(self):
    return (self.prob - self.label_onehot) / self.batch_size
