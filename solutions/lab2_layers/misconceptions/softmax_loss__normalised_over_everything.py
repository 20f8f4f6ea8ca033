"""All probabilities of the batch together sum to 1. Every row must: divide each row by its own sum."""


@add_to_class(SoftmaxLossLayer)
def forward(self, input):
    exp = np.exp(input - input.max(axis=1, keepdims=True))
    self.prob = exp / exp.sum()
    return self.prob


@add_to_class(SoftmaxLossLayer)
def get_loss(self, label):
    self.batch_size = len(self.prob)
    self.label_onehot = np.zeros_like(self.prob)
    self.label_onehot[np.arange(self.batch_size), label] = 1
    return -np.mean(np.log(self.prob[np.arange(self.batch_size), label]))


@add_to_class(SoftmaxLossLayer)
def backward(self):
    return (self.prob - self.label_onehot) / self.batch_size
