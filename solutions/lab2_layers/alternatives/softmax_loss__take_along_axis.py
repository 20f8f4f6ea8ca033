"""The right class by take_along_axis; one is subtracted there, without a table of ones."""


@add_to_class(SoftmaxLossLayer)
def forward(self, input):
    shifted = np.subtract(input, np.amax(input, axis=-1, keepdims=True))
    numerator = np.exp(shifted)
    self.prob = numerator / np.sum(numerator, axis=-1)[:, None]
    return self.prob


@add_to_class(SoftmaxLossLayer)
def get_loss(self, label):
    self.label = np.asarray(label)[:, None]
    return np.average(-np.log(np.take_along_axis(self.prob, self.label, axis=1)))


@add_to_class(SoftmaxLossLayer)
def backward(self):
    n = len(self.prob)
    grad = self.prob.copy()
    np.put_along_axis(grad, self.label, np.take_along_axis(grad, self.label, 1) - 1, axis=1)
    grad /= n
    return grad
