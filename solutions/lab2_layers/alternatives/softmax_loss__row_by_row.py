"""A loop over the rows, with math.log for the loss."""

import math


@add_to_class(SoftmaxLossLayer)
def forward(self, input):
    self.prob = np.zeros_like(input)
    for i, row in enumerate(input):
        e = np.exp(row - max(row))
        self.prob[i] = e / sum(e)
    return self.prob


@add_to_class(SoftmaxLossLayer)
def get_loss(self, label):
    self.batch_size = self.prob.shape[0]
    self.label_onehot = np.zeros_like(self.prob)
    total = 0.0
    for i in range(self.batch_size):
        self.label_onehot[i, label[i]] = 1.0
        total -= math.log(self.prob[i, label[i]])
    return total / self.batch_size


@add_to_class(SoftmaxLossLayer)
def backward(self):
    bottom_diff = np.empty_like(self.prob)
    for i in range(self.batch_size):
        bottom_diff[i] = (self.prob[i] - self.label_onehot[i]) / self.batch_size
    return bottom_diff
