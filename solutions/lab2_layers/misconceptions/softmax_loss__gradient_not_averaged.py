"""The gradient was not divided by the batch size. The loss is a mean over the batch, so each row
contributes one part in N to its gradient.

The last line of `backward`. Give the layer the same row of scores twice and compare: the loss stays as it is, since
it is a mean. Does your gradient of the first row stay as it is too?

The gradient says how much the *loss* changes when one score moves a little. The loss is the mean over the batch, so
that each row contributes only a part of it: of N rows, one N-th. Moving a score of one row can therefore change the
loss by one N-th of what it changes that row's own loss. The gradient must have the factor that the loss has.

What you have, what was said minus what is true, is right for a single row. Divide it by the number of rows, which
`get_loss` has kept for you. The gradient check below the question then turns green, and a learning rate means the
same for every batch size.
"""


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
    return -np.mean(np.log(self.prob[np.arange(self.batch_size), label]))


@add_to_class(SoftmaxLossLayer)
def backward(self):
    return (self.prob - self.label_onehot)
