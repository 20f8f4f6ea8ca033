"""The device's operators, one function each: float32 arrays in, float32 arrays out.

Every number that comes out is a 16-bit float (FP16), held in a float32. What goes in is rounded to FP16 first, as
on its way from the host to the card. Convolutions and fully connected layers then

1. quantise their input to the input's 8-bit grid, and their weight to the weight's;
2. add up the products as whole numbers, exactly;
3. multiply the sum by ``2**(p_in + p_w) / (s_in * s_w)`` and add the bias (FP16), both in float32;
4. round the result to FP16, once.

A convolution's weight is stored quantised (INT8); a fully connected weight is kept as FP16, and quantised each time
it is used. Weights that are used often can be prepared once, and given in place of `weight`::

    prepared = prepare_conv(weight, bias, QuantParam(-7, 1.5))
    y = conv(x, prepared, stride=1, pad=1, input_quant=QuantParam(1, 1.7))

What is too large for FP16 becomes infinite; not a number is quantised to 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from aics.half.rounding import round_to_half
from aics.language import tr
from aics.pycnml.errors import CnmlError
from aics.pycnml.products import exact_pieces, exact_product
from aics.pycnml.quant import QuantParam, quantize

#: Columns are laid out for as many output rows at once as fit into this many numbers (measured: 2**19 to 2**22 alike).
STRIP = 2**20
#: Rows of a fully connected weight that are quantised at once.
ROWS = 256


@dataclass(frozen=True, eq=False)
class ConvWeights:
    """A convolution's weight as the device stores it.

    Attributes
    ----------
    values : (Cout, Cin, K, K) int8 array
    bias : (Cout,) float32 array of FP16 numbers
    quant : QuantParam
        What the values stand for.
    pieces : list of slice
        How Cin * K * K is cut for exact sums.
    """

    values: np.ndarray
    bias: np.ndarray
    quant: QuantParam
    pieces: list[slice]


@dataclass(frozen=True, eq=False)
class MlpWeights:
    """A fully connected layer's weight as the device stores it.

    Attributes
    ----------
    values : (Cout, Cin) float16 array
    bias : (Cout,) float32 array of FP16 numbers
    quant : QuantParam
        The grid on which the values are laid each time they are used.
    """

    values: np.ndarray
    bias: np.ndarray
    quant: QuantParam


def prepare_conv(weight: ArrayLike, bias: ArrayLike, weight_quant: QuantParam) -> ConvWeights:
    """Store a convolution's weight (Cout, Cin, K, K) and bias (Cout,) for any number of calls."""
    floats: np.ndarray = np.asarray(weight, np.float32)
    if floats.ndim != 4 or floats.shape[2] != floats.shape[3]:
        raise CnmlError(tr("conv: weight must be (Cout, Cin, K, K), got {shape}", shape=floats.shape))
    values = quantize(floats, weight_quant).astype(np.int8)
    pieces = exact_pieces(values.reshape(len(values), -1))
    return ConvWeights(values, _bias(bias, len(values), "conv"), weight_quant, pieces)


def prepare_mlp(weight: ArrayLike, bias: ArrayLike, weight_quant: QuantParam) -> MlpWeights:
    """Store a fully connected weight (Cout, Cin) and bias (Cout,) for any number of calls."""
    floats: np.ndarray = np.asarray(weight, np.float32)
    if floats.ndim != 2:
        raise CnmlError(tr("mlp: weight must be (Cout, Cin), got {shape}", shape=floats.shape))
    with np.errstate(over="ignore"):
        values = floats.astype(np.float16)
    return MlpWeights(values, _bias(bias, len(values), "mlp"), weight_quant)


def _bias(bias: ArrayLike, outputs: int, operator: str) -> np.ndarray:
    """The bias as FP16 numbers, one for each output."""
    halves = round_to_half(bias)
    if halves.shape != (outputs,):
        said = {"operator": operator, "outputs": outputs, "shape": halves.shape}
        raise CnmlError(tr("{operator}: {outputs} outputs need a bias ({outputs},), got {shape}", **said))
    return halves


def _given(operator: str, bias: ArrayLike | None, quant: QuantParam | None) -> tuple[ArrayLike, QuantParam]:
    """What goes with a weight that is not prepared. Raises TypeError where one of them is missing."""
    if bias is None or quant is None:
        raise TypeError(tr("{operator}: a weight that is not prepared needs bias and weight_quant", operator=operator))
    return bias, quant


def conv(
    x: ArrayLike,
    weight: ArrayLike | ConvWeights,
    bias: ArrayLike | None = None,
    *,
    stride: int,
    pad: int,
    dilation: int = 1,
    input_quant: QuantParam,
    weight_quant: QuantParam | None = None,
) -> np.ndarray:
    """Convolve in whole numbers.

    Parameters
    ----------
    x : (N, Cin, H, W) array
    weight : (Cout, Cin, K, K) array, or ConvWeights (then without bias and weight_quant)
    bias : (Cout,) array
    stride, pad, dilation : int
    input_quant, weight_quant : QuantParam

    Returns
    -------
    (N, Cout, Ho, Wo) float32 array, Ho = floor((H + 2 pad - dilation (K - 1) - 1) / stride) + 1

    Raises
    ------
    CnmlError
        Where shapes do not fit one another.
    """
    stored = weight if isinstance(weight, ConvWeights) else prepare_conv(weight, *_given("conv", bias, weight_quant))
    halves = round_to_half(x)
    outputs, inputs, size = stored.values.shape[:3]
    if halves.ndim != 4 or halves.shape[1] != inputs:
        said = {"inputs": inputs, "weight": stored.values.shape, "shape": halves.shape}
        raise CnmlError(tr("conv: x must be (N, {inputs}, H, W) for a weight {weight}, got {shape}", **said))
    n, _, rows_in, columns_in = halves.shape
    height, width = (conv_length(side, size, stride, pad, dilation) for side in (rows_in, columns_in))
    padded = np.zeros((n, inputs, rows_in + 2 * pad, columns_in + 2 * pad), np.float32)
    padded[:, :, pad : pad + rows_in, pad : pad + columns_in] = quantize(halves, input_quant)

    matrix = stored.values.reshape(outputs, -1).astype(np.float32)
    factor = _factor(input_quant, stored.quant)
    output = np.empty((n, outputs, height * width), np.float32)
    for plane, image in zip(output, padded, strict=True):
        for rows in _strips(height, matrix.shape[1] * width):
            columns = _columns(image, size, stride, dilation, rows, width)
            part = plane[:, rows.start * width : rows.stop * width]
            exact_product(matrix, columns, stored.pieces, part)
            _finish(part, factor, stored.bias[:, None])
    return output.reshape(n, outputs, height, width)


def conv_length(length: int, size: int, stride: int, pad: int = 0, dilation: int = 1) -> int:
    """Return how many positions a window has along a side.

    Raises CnmlError where the window, its numbers `dilation` apart, is longer than the padded side.
    """
    reach = dilation * (size - 1) + 1
    if length + 2 * pad < reach:
        said = {"reach": reach, "length": length, "pad": pad}
        raise CnmlError(tr("a window that reaches over {reach} does not fit into {length} with padding {pad}", **said))
    return (length + 2 * pad - reach) // stride + 1


def _strips(height: int, row_numbers: int) -> list[range]:
    """Ranges of output rows whose columns fit into the cache."""
    rows = max(1, STRIP // max(1, row_numbers))
    return [range(start, min(start + rows, height)) for start in range(0, height, rows)]


def _columns(image: np.ndarray, size: int, stride: int, dilation: int, rows: range, width: int) -> np.ndarray:
    """Every window of some output rows as a column: (C, H, W) -> (C * K * K, rows * width)."""
    columns = np.empty((len(image), size, size, len(rows), width), np.float32)
    down, right = (len(rows) - 1) * stride + 1, (width - 1) * stride + 1
    for i, j in np.ndindex(size, size):
        top, left = rows.start * stride + i * dilation, j * dilation
        columns[:, i, j] = image[:, top : top + down : stride, left : left + right : stride]
    return columns.reshape(len(image) * size * size, -1)


def mlp(
    x: ArrayLike,
    weight: ArrayLike | MlpWeights,
    bias: ArrayLike | None = None,
    *,
    input_quant: QuantParam,
    weight_quant: QuantParam | None = None,
) -> np.ndarray:
    """Multiply by a weight and add a bias, in whole numbers.

    x : (N, Cin), weight : (Cout, Cin) or MlpWeights, bias : (Cout,)  ->  (N, Cout) float32

    Raises CnmlError where shapes do not fit one another.
    """
    stored = weight if isinstance(weight, MlpWeights) else prepare_mlp(weight, *_given("mlp", bias, weight_quant))
    halves = round_to_half(x)
    outputs, inputs = stored.values.shape
    if halves.ndim != 2 or halves.shape[1] != inputs:
        said = {"inputs": inputs, "weight": stored.values.shape, "shape": halves.shape}
        raise CnmlError(tr("mlp: x must be (N, {inputs}) for a weight {weight}, got {shape}", **said))
    columns = np.ascontiguousarray(quantize(halves, input_quant).T)
    output = np.empty((outputs, len(halves)), np.float32)
    for start in range(0, outputs, ROWS):
        rows = slice(start, start + ROWS)
        matrix = quantize(stored.values[rows].astype(np.float32), stored.quant)
        exact_product(matrix, columns, exact_pieces(matrix), output[rows])
    _finish(output, _factor(input_quant, stored.quant), stored.bias[:, None])
    return np.ascontiguousarray(output.T)


def _factor(input_quant: QuantParam, weight_quant: QuantParam) -> np.float32:
    """The number that a product sum of 1 stands for."""
    return np.float32(input_quant.step * weight_quant.step)


def _finish(sums: np.ndarray, factor: np.float32, bias: np.ndarray) -> None:
    """Scale product sums, add the bias and round to FP16, in place."""
    sums *= factor
    sums += bias
    sums[...] = round_to_half(sums)


def relu(x: ArrayLike) -> np.ndarray:
    """Replace every number below 0 by 0; any shape."""
    positive: np.ndarray = np.maximum(round_to_half(x), 0)
    return positive


def max_pool(x: ArrayLike, *, kernel_size: int, stride: int) -> np.ndarray:
    """Take the largest number of each window, without padding: (N, C, H, W) -> (N, C, Ho, Wo), sizes rounded down."""
    halves = _features(x, "max_pool")
    height, width = (conv_length(side, kernel_size, stride) for side in halves.shape[2:])
    down, right = (height - 1) * stride + 1, (width - 1) * stride + 1
    largest = halves[:, :, :down:stride, :right:stride].copy()
    for i, j in np.ndindex(kernel_size, kernel_size):
        np.maximum(largest, halves[:, :, i : i + down : stride, j : j + right : stride], out=largest)
    return largest


def flatten(x: ArrayLike) -> np.ndarray:
    """Lay (N, C, H, W) out in N, H, W, C order: (N, H * W * C)."""
    halves = _features(x, "flatten")
    return np.ascontiguousarray(halves.transpose(0, 2, 3, 1)).reshape(len(halves), -1)


def _features(x: ArrayLike, operator: str) -> np.ndarray:
    """Features as FP16 numbers. Raises CnmlError where they have not four axes."""
    halves = round_to_half(x)
    if halves.ndim != 4:
        raise CnmlError(tr("{operator}: x must be (N, C, H, W), got {shape}", operator=operator, shape=halves.shape))
    return halves


def softmax(x: ArrayLike, *, axis: int = 1) -> np.ndarray:
    """Turn scores into probabilities along an axis: FP16 in and out, float64 in between."""
    scores = round_to_half(x).astype(np.float64)
    exp = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return round_to_half(exp / exp.sum(axis=axis, keepdims=True))
