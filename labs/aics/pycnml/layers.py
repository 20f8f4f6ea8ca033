"""The device's layers: their parameters, the shapes that they make, and how they run.

Shapes are (N, C, H, W) throughout; what is flat is (N, C, 1, 1). One layer runs as one kernel: nothing is fused.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import prod

import numpy as np

from aics.language import tr
from aics.pycnml import operators
from aics.pycnml.errors import CnmlError
from aics.pycnml.operators import ConvWeights, MlpWeights, conv_length
from aics.pycnml.quant import QuantParam

Shape = tuple[int, int, int, int]


@dataclass
class Layer(ABC):
    """A layer of a network: its name, and the shape of its input."""

    name: str
    input_shape: Shape

    def output_shape(self) -> Shape:
        """Return the shape of the output. Raises CnmlError where the input does not fit the layer."""
        return self.input_shape

    @abstractmethod
    def run(self, x: np.ndarray) -> np.ndarray:
        """Return the output for a float32 input."""

    def cost(self) -> tuple[int, int, int]:
        """Return the multiply-adds, the bytes of weights and bias, and the operations on single numbers."""
        return 0, 0, 0


class QuantizedLayer(Layer):
    """A layer that computes in INT8, and has parameters."""

    weights: ConvWeights | MlpWeights | None

    @abstractmethod
    def weight_shape(self) -> tuple[int, ...]:
        """Return the shape of the weight, which loadParams takes as a flat row of numbers."""

    @abstractmethod
    def load(self, weight: np.ndarray, bias: np.ndarray, quant: QuantParam) -> None:
        """Store weight and bias in the device's form."""

    def missing(self) -> CnmlError:
        """Return the error that says that there are no parameters yet."""
        return CnmlError(tr("{layer}: params missing. Call loadParams before the layer runs.", layer=self.name))


@dataclass
class Conv(QuantizedLayer):
    """Convolution; weight (Cout, Cin, K, K)."""

    out_channel: int
    kernel_size: int
    stride: int
    dilation: int
    pad: int
    quant: QuantParam
    weights: ConvWeights | None = None

    def weight_shape(self) -> tuple[int, ...]:
        """(Cout, Cin, K, K)."""
        return self.out_channel, self.input_shape[1], self.kernel_size, self.kernel_size

    def output_shape(self) -> Shape:
        """(N, Cout, Ho, Wo), sizes rounded down."""
        n, _, *sides = self.input_shape
        height, width = (conv_length(s, self.kernel_size, self.stride, self.pad, self.dilation) for s in sides)
        return n, self.out_channel, height, width

    def load(self, weight: np.ndarray, bias: np.ndarray, quant: QuantParam) -> None:
        """Store the weight as INT8."""
        self.weights = operators.prepare_conv(weight, bias, quant)

    def run(self, x: np.ndarray) -> np.ndarray:
        """Convolve in whole numbers."""
        if self.weights is None:
            raise self.missing()
        return operators.conv(
            x, self.weights, stride=self.stride, pad=self.pad, dilation=self.dilation, input_quant=self.quant
        )

    def cost(self) -> tuple[int, int, int]:
        """Count a use of every weight for each place of the output; one byte for a weight, two for a bias."""
        n, _, height, width = self.output_shape()
        weights = prod(self.weight_shape())
        return n * height * width * weights, weights + 2 * self.out_channel, 0


@dataclass
class Mlp(QuantizedLayer):
    """Fully connected layer; weight (Cout, Cin)."""

    output_num: int
    quant: QuantParam
    weights: MlpWeights | None = None

    def weight_shape(self) -> tuple[int, ...]:
        """(Cout, Cin)."""
        return self.output_num, self.input_shape[1]

    def output_shape(self) -> Shape:
        """(N, Cout, 1, 1); the input must be flat too."""
        if self.input_shape[2:] != (1, 1):
            said = {"layer": self.name, "shape": self.input_shape}
            raise CnmlError(tr("{layer}: its input is {shape}; a flatten layer must come before", **said))
        return self.input_shape[0], self.output_num, 1, 1

    def load(self, weight: np.ndarray, bias: np.ndarray, quant: QuantParam) -> None:
        """Store the weight as FP16."""
        self.weights = operators.prepare_mlp(weight, bias, quant)

    def run(self, x: np.ndarray) -> np.ndarray:
        """Multiply in whole numbers."""
        if self.weights is None:
            raise self.missing()
        return operators.mlp(x[:, :, 0, 0], self.weights, input_quant=self.quant)[:, :, None, None]

    def cost(self) -> tuple[int, int, int]:
        """Count a use of every weight for each picture; two bytes for a weight or a bias."""
        weights = prod(self.weight_shape())
        return self.input_shape[0] * weights, 2 * (weights + self.output_num), 0


@dataclass
class ReLu(Layer):
    """Every number below 0 becomes 0."""

    def run(self, x: np.ndarray) -> np.ndarray:
        """Compare every number with 0."""
        return operators.relu(x)

    def cost(self) -> tuple[int, int, int]:
        """Count one comparison for every number."""
        return 0, 0, prod(self.input_shape)


@dataclass
class Pooling(Layer):
    """The largest number of each window, without padding."""

    kernel_size: int
    stride: int

    def output_shape(self) -> Shape:
        """(N, C, Ho, Wo), sizes rounded down."""
        n, channels, *sides = self.input_shape
        height, width = (conv_length(side, self.kernel_size, self.stride) for side in sides)
        return n, channels, height, width

    def run(self, x: np.ndarray) -> np.ndarray:
        """Compare the numbers of each window."""
        return operators.max_pool(x, kernel_size=self.kernel_size, stride=self.stride)

    def cost(self) -> tuple[int, int, int]:
        """Count one comparison for every number of each window."""
        return 0, 0, prod(self.output_shape()) * self.kernel_size**2


@dataclass
class Flatten(Layer):
    """N, H, W, C order, then the shape that is asked for."""

    shape: Shape

    def output_shape(self) -> Shape:
        """Return the shape that is asked for, if it holds as many numbers as the input."""
        if len(self.shape) != 4 or prod(self.shape) != prod(self.input_shape):
            said = {"layer": self.name, "before": self.input_shape, "after": list(self.shape)}
            raise CnmlError(tr("{layer}: {before} cannot become {after}", **said))
        return self.shape

    def run(self, x: np.ndarray) -> np.ndarray:
        """Reorder the numbers."""
        return operators.flatten(x).reshape(self.shape)


@dataclass
class Softmax(Layer):
    """Probabilities along an axis."""

    axis: int

    def output_shape(self) -> Shape:
        """Return the input's shape, if it has the axis."""
        if not -4 <= self.axis < 4:
            raise CnmlError(tr("{layer}: axis is {axis}, shapes have axes 0 to 3", layer=self.name, axis=self.axis))
        return self.input_shape

    def run(self, x: np.ndarray) -> np.ndarray:
        """Divide the exponentials by their sum."""
        return operators.softmax(x, axis=self.axis)

    def cost(self) -> tuple[int, int, int]:
        """Count four operations for every number: largest, exponential, sum and quotient."""
        return 0, 0, 4 * prod(self.input_shape)
