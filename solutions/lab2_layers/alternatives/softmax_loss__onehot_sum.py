"""The course's way: a one-hot table times the logarithms."""

@add_to_class(SoftmaxLossLayer)
def forward(self, input):
    input_exp = np.exp(input - np.max(input, axis=1, keepdims=True))
    self.prob = input_exp / np.sum(input_exp, axis=1, keepdims=True)
    return self.prob


@add_to_class(SoftmaxLossLayer)
def get_loss(self, label):
    self.batch_size = self.prob.shape[0]
    self.label_onehot = np.eye(self.prob.shape[1])[label]
    return -np.sum(np.log(self.prob) * self.label_onehot) / self.batch_size


@add_to_class(SoftmaxLossLayer)
def backward(self):
    return (self.prob - self.label_onehot) / self.batch_size
