"""The device's layers: what each needs to know, the shape it gives, and what it runs.

Shapes are (N, C, H, W) throughout; what is flat is (N, C, 1, 1). One layer runs as one kernel: nothing is fused.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from aics.pycnml import operators
from aics.pycnml.errors import CnmlError
from aics.pycnml.operators import ConvWeights, MlpWeights, conv_length
from aics.pycnml.quant import QuantParam

Shape = tuple[int, int, int, int]


@dataclass
class Layer:
    """A layer of a network: its name, and the shapes of what goes in and comes out.

    `cost()` says what it makes a machine do: (multiply-adds, bytes of its weights, operations on single numbers).
    """

    name: str
    input_shape: Shape

    #: Whether it computes in INT8, and so needs parameters.
    quantized = False

    def output_shape(self) -> Shape:
        """The shape of what it gives."""
        return self.input_shape

    def cost(self) -> tuple[int, int, int]:
        """Multiply-adds, bytes of weights and bias, operations on single numbers."""
        return 0, 0, 0


@dataclass
class Conv(Layer):
    """Convolution; weight (Cout, Cin, K, K)."""

    out_channel: int
    kernel_size: int
    stride: int
    dilation: int
    pad: int
    quant: QuantParam
    weights: ConvWeights | None = None
    quantized = True

    def weight_shape(self) -> tuple[int, ...]:
        """Layout of the flat numbers that loadParams takes."""
        return self.out_channel, self.input_shape[1], self.kernel_size, self.kernel_size

    def output_shape(self) -> Shape:
        """Sizes rounded down."""
        n, _, *sides = self.input_shape
        height, width = (conv_length(s, self.kernel_size, self.stride, self.pad, self.dilation) for s in sides)
        return n, self.out_channel, height, width

    def load(self, weight: np.ndarray, bias: np.ndarray, quant: QuantParam) -> None:
        """Store the weight as INT8."""
        self.weights = operators.prepare_conv(weight, bias, quant)

    def run(self, x: np.ndarray) -> np.ndarray:
        """Convolve in whole numbers."""
        sizes = {"stride": self.stride, "pad": self.pad, "dilation": self.dilation}
        return operators.conv(x, self.weights, **sizes, input_quant=self.quant)

    def cost(self) -> tuple[int, int, int]:
        """Every weight is used once at each place of the output; it is stored in one byte, the bias in two."""
        n, _, height, width = self.output_shape()
        weights = prod(self.weight_shape())
        return n * height * width * weights, weights + 2 * self.out_channel, 0


@dataclass
class Mlp(Layer):
    """Fully connected layer; weight (Cout, Cin)."""

    output_num: int
    quant: QuantParam
    weights: MlpWeights | None = None
    quantized = True

    def weight_shape(self) -> tuple[int, ...]:
        """Layout of the flat numbers that loadParams takes."""
        return self.output_num, self.input_shape[1]

    def output_shape(self) -> Shape:
        """Flat, as its input must be."""
        if self.input_shape[2:] != (1, 1):
            raise CnmlError(f"{self.name}: its input is {self.input_shape}; a flatten layer must come before")
        return self.input_shape[0], self.output_num, 1, 1

    def load(self, weight: np.ndarray, bias: np.ndarray, quant: QuantParam) -> None:
        """Store the weight as FP16."""
        self.weights = operators.prepare_mlp(weight, bias, quant)

    def run(self, x: np.ndarray) -> np.ndarray:
        """Multiply in whole numbers."""
        return operators.mlp(x[:, :, 0, 0], self.weights, input_quant=self.quant)[:, :, None, None]

    def cost(self) -> tuple[int, int, int]:
        """Every weight is used once a picture; weight and bias are stored in two bytes."""
        weights = prod(self.weight_shape())
        return self.input_shape[0] * weights, 2 * (weights + self.output_num), 0


@dataclass
class ReLu(Layer):
    """0 for every number below 0."""

    def run(self, x: np.ndarray) -> np.ndarray:
        """One comparison a number."""
        return operators.relu(x)

    def cost(self) -> tuple[int, int, int]:
        """One comparison a number."""
        return 0, 0, prod(self.input_shape)


@dataclass
class Pooling(Layer):
    """The largest number of each window, without padding."""

    kernel_size: int
    stride: int

    def output_shape(self) -> Shape:
        """Sizes rounded down."""
        n, channels, *sides = self.input_shape
        height, width = (conv_length(side, self.kernel_size, self.stride) for side in sides)
        return n, channels, height, width

    def run(self, x: np.ndarray) -> np.ndarray:
        """Compare the numbers of each window."""
        return operators.max_pool(x, kernel_size=self.kernel_size, stride=self.stride)

    def cost(self) -> tuple[int, int, int]:
        """Every number of each window is compared once."""
        return 0, 0, prod(self.output_shape()) * self.kernel_size**2


@dataclass
class Flatten(Layer):
    """N, H, W, C order, then the shape that was asked for."""

    shape: Shape

    def output_shape(self) -> Shape:
        """What was asked for, if as many numbers fit."""
        if len(self.shape) != 4 or prod(self.shape) != prod(self.input_shape):
            raise CnmlError(f"{self.name}: {self.input_shape} cannot become {list(self.shape)}")
        return self.shape

    def run(self, x: np.ndarray) -> np.ndarray:
        """Only move numbers."""
        return operators.flatten(x).reshape(self.shape)


@dataclass
class Softmax(Layer):
    """Probabilities along an axis."""

    axis: int

    def output_shape(self) -> Shape:
        """As its input; the axis must be one of it."""
        if not -4 <= self.axis < 4:
            raise CnmlError(f"{self.name}: axis is {self.axis}, shapes have axes 0 to 3")
        return self.input_shape

    def run(self, x: np.ndarray) -> np.ndarray:
        """Exponentials over their sum."""
        return operators.softmax(x, axis=self.axis)

    def cost(self) -> tuple[int, int, int]:
        """Largest, exponential, sum, quotient: four operations a number."""
        return 0, 0, 4 * prod(self.input_shape)
