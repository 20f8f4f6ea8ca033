"""lab2_layers: FullyConnectedLayer, ReLULayer, SoftmaxLossLayer.

Written by aics.notebook.export from the notebook; change the notebook and export again.
"""

import numpy as np


class FullyConnectedLayer:
    """Every output looks at every input: Y = X W + b.

    weight : (num_input, num_output), bias : (1, num_output)
    """

    def __init__(self, num_input, num_output):
        self.num_input = num_input
        self.num_output = num_output

    def init_param(self, std=0.01):
        """Draw the weight from a normal distribution and set the bias to zero."""
        self.weight = np.random.normal(0, std, (self.num_input, self.num_output)).astype(np.float32)
        self.bias = np.zeros((1, self.num_output), dtype=np.float32)

    def load_param(self, weight, bias):
        """Take weight (num_input, num_output) and bias (1, num_output) from elsewhere."""
        assert weight.shape == (self.num_input, self.num_output), weight.shape
        assert bias.shape == (1, self.num_output), bias.shape
        self.weight, self.bias = weight, bias

    def save_param(self):
        """Give weight and bias."""
        return self.weight, self.bias

    def update_param(self, lr):
        """Take one step of length `lr` down the gradient."""
        self.weight = self.weight - lr * self.d_weight
        self.bias = self.bias - lr * self.d_bias

    def forward(self, input):
        """Answer for a whole batch.

        input : (N, num_input)  ->  output : (N, num_output)
        """
        self.input = input  # backward needs it
        assert input.shape[1] == self.num_input, f"input {input.shape}, num_input {self.num_input}"
        return input @ self.weight + self.bias

    def backward(self, top_diff):
        """Pass the gradient down; set self.d_weight and self.d_bias.

        top_diff : (N, num_output)  ->  bottom_diff : (N, num_input)
        d_weight : (num_input, num_output), d_bias : (1, num_output)
        """
        assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
        self.d_weight = self.input.T @ top_diff
        self.d_bias = top_diff.sum(axis=0, keepdims=True)
        return top_diff @ self.weight.T


class ReLULayer:
    """Keep what is positive, drop the rest."""

    def forward(self, input):
        """Clip the negative numbers to zero.

        input : any shape  ->  output : the same shape
        """
        self.input = input  # backward needs it
        return np.maximum(input, 0)

    def backward(self, top_diff):
        """Let the gradient through wherever the input was at least zero.

        top_diff : the input's shape  ->  bottom_diff : the same shape
        """
        assert top_diff.shape == self.input.shape, f"top_diff {top_diff.shape}, input {self.input.shape}"
        return top_diff * (self.input >= 0)


class SoftmaxLossLayer:
    """Turn scores into probabilities, and probabilities into one number to make small."""

    def forward(self, input):
        """Turn each row of scores into probabilities; keep them as self.prob.

        input : (N, classes)  ->  prob : (N, classes), every row sums to 1
        """
        exp = np.exp(input - input.max(axis=1, keepdims=True))
        self.prob = exp / exp.sum(axis=1, keepdims=True)
        return self.prob

    def get_loss(self, label):
        """Mean over the batch of -log(probability of the right class).

        label : (N,) integers, the right class of each row  ->  loss : a number
        """
        self.batch_size = len(self.prob)
        self.label_onehot = np.zeros_like(self.prob)
        self.label_onehot[np.arange(self.batch_size), label] = 1
        return -np.mean(np.log(self.prob[np.arange(self.batch_size), label]))

    def backward(self):
        """Gradient of the loss with respect to the scores (after forward and get_loss).

        ->  bottom_diff : (N, classes)
        """
        return (self.prob - self.label_onehot) / self.batch_size
