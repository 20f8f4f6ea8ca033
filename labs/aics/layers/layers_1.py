"""Fully connected layer, ReLU, and softmax with its loss, by ONNX Runtime. All give float32."""

from __future__ import annotations

from aics.layers.parameters import Parameters, expect_shape
from aics.layers.programs import Array, run

_CONNECT = "(float[n,i] x, float[i,o] weight, float[r,o] bias) => (float[n,o] y) {y = Gemm(x, weight, bias)}"
_CONNECT_BACK = """(float[n,i] x, float[i,o] weight, float[n,o] d) => (float[n,i] dx, float[i,o] dw, float[r,o] db) {
    dx = Gemm<transB=1>(d, weight)
    dw = Gemm<transA=1>(x, d)
    batch = Constant<value_ints=[0]>()
    db = ReduceSum(d, batch)
}"""
_RELU = "(float[s] x) => (float[s] y) {y = Relu(x)}"
_RELU_BACK = """(float[s] x, float[s] d) => (float[s] dx) {
    zero = Constant<value_float=0.0>()
    passes = GreaterOrEqual(x, zero)
    share = Cast<to=1>(passes)
    dx = Mul(d, share)
}"""
_SOFTMAX = "(float[n,k] x) => (float[n,k] y) {y = Softmax<axis=1>(x)}"
_LOSS = """(float[n,k] prob, int64[n] label) => (float loss) {
    log = Log(prob)
    loss = NegativeLogLikelihoodLoss(log, label)
}"""
_LOSS_BACK = """(float[n,k] prob, int64[n] label) => (float[n,k] dx) {
    shape = Shape(prob)
    batch, classes = Split<axis=0, num_outputs=2>(shape)
    ends = Constant<value_floats=[0.0, 1.0]>()
    right = OneHot(label, classes, ends)
    beside = Sub(prob, right)
    count = Cast<to=1>(batch)
    dx = Div(beside, count)
}"""


class FullyConnectedLayer(Parameters):
    """Every output looks at every input.

    weight : (num_input, num_output), bias : (1, num_output)
    """

    def __init__(self, num_input: int, num_output: int) -> None:
        super().__init__((num_input, num_output), (1, num_output))
        self.num_input, self.num_output = num_input, num_output

    def forward(self, input: Array) -> Array:
        """input : (N, num_input)  ->  output : (N, num_output)"""
        expect_shape("FullyConnectedLayer.forward: input", input, (None, self.num_input))
        self.input = input
        (output,) = run(_CONNECT, x=input, weight=self.weight, bias=self.bias)
        return output

    def backward(self, top_diff: Array) -> Array:
        """Set d_weight and d_bias.  top_diff : (N, num_output)  ->  bottom_diff : (N, num_input)"""
        expect_shape("FullyConnectedLayer.backward: top_diff", top_diff, (len(self.input), self.num_output))
        bottom_diff, self.d_weight, self.d_bias = run(_CONNECT_BACK, x=self.input, weight=self.weight, d=top_diff)
        return bottom_diff


class ReLULayer:
    """No number below 0 comes through; the gradient does where the input was at least 0, as in the course."""

    def forward(self, input: Array) -> Array:
        """input : any shape  ->  output : the same shape"""
        self.input = input
        (output,) = run(_RELU, x=input.reshape(-1))
        return output.reshape(input.shape)

    def backward(self, top_diff: Array) -> Array:
        """top_diff : the input's shape  ->  bottom_diff : the same shape"""
        expect_shape("ReLULayer.backward: top_diff", top_diff, self.input.shape)
        (bottom_diff,) = run(_RELU_BACK, x=self.input.reshape(-1), d=top_diff.reshape(-1))
        return bottom_diff.reshape(top_diff.shape)


class SoftmaxLossLayer:
    """Scores become probabilities, and probabilities the loss of a batch."""

    def forward(self, input: Array) -> Array:
        """Also kept as self.prob.  input : (N, classes)  ->  prob : (N, classes)"""
        expect_shape("SoftmaxLossLayer.forward: input", input, (None, None))
        (self.prob,) = run(_SOFTMAX, x=input)
        return self.prob

    def get_loss(self, label: Array) -> Array:
        """label : (N,) integers  ->  loss : a number"""
        self._label = label
        (loss,) = run(_LOSS, prob=self.prob, label=label)
        return loss[()]

    def backward(self) -> Array:
        """After forward and get_loss  ->  bottom_diff : (N, classes)"""
        (bottom_diff,) = run(_LOSS_BACK, prob=self.prob, label=self._label)
        return bottom_diff
