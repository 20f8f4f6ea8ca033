"""Let SciPy take the softmax and its logarithm."""

ASKED = ("softmax_loss",)
CELL = "softmax_loss"

import numpy as np
import scipy.special

from aics import add_to_class


@add_to_class(SoftmaxLossLayer)
def forward(self, input):
    self.input = input
    self.prob = scipy.special.softmax(input, axis=1)
    return self.prob


@add_to_class(SoftmaxLossLayer)
def get_loss(self, label):
    self.label = label
    rows = scipy.special.log_softmax(self.input, axis=1)
    return -np.mean(rows[np.arange(len(label)), label])


@add_to_class(SoftmaxLossLayer)
def backward(self):
    onehot = np.zeros_like(self.prob)
    onehot[np.arange(len(self.label)), self.label] = 1
    return (self.prob - onehot) / len(self.label)
