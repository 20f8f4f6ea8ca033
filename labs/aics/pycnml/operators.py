"""The device's operators, one function each: float32 arrays in, float32 arrays out.

Every number that comes out is a 16-bit float (FP16), held in a float32. What goes in is rounded to FP16 first, as
on its way from the host to the card. Convolutions and fully connected layers then

1. lay their input on the input's 8-bit grid, and their weight on the weight's;
2. add up the products as whole numbers, exactly;
3. multiply the sum with ``2**(p_in + p_w) / (s_in * s_w)`` and add the bias (FP16), both in float32;
4. round the result to FP16, once.

A convolution's weight is stored on the grid (INT8); a fully connected weight is kept as FP16, and laid on the grid
each time it is used. Weights that are used often can be prepared once, and given in place of `weight`::

    prepared = prepare_conv(weight, bias, QuantParam(-7, 1.5))
    y = conv(x, prepared, stride=1, pad=1, input_quant=QuantParam(1, 1.7))

Too large for FP16 becomes infinite; not a number is taken for 0 where it is laid on a grid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aics.pycnml.errors import CnmlError
from aics.pycnml.products import exact_pieces, exact_product
from aics.pycnml.quant import QuantParam, half, on_grid

#: Columns are laid out for as many output rows at once as fit into this many numbers (measured: 2**19 to 2**22 alike).
STRIP = 2**20
#: Rows of a fully connected weight that are laid on the grid at once.
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


def prepare_conv(weight, bias, weight_quant: QuantParam) -> ConvWeights:
    """Store a convolution's weight (Cout, Cin, K, K) and bias (Cout,) for any number of calls."""
    weight = np.asarray(weight, np.float32)
    if weight.ndim != 4 or weight.shape[2] != weight.shape[3]:
        raise CnmlError(f"conv: weight must be (Cout, Cin, K, K), got {weight.shape}")
    values = on_grid(weight, weight_quant).astype(np.int8)
    pieces = exact_pieces(values.reshape(len(values), -1))
    return ConvWeights(values, _bias(bias, len(values), "conv"), weight_quant, pieces)


def prepare_mlp(weight, bias, weight_quant: QuantParam) -> MlpWeights:
    """Store a fully connected weight (Cout, Cin) and bias (Cout,) for any number of calls."""
    weight = np.asarray(weight, np.float32)
    if weight.ndim != 2:
        raise CnmlError(f"mlp: weight must be (Cout, Cin), got {weight.shape}")
    with np.errstate(over="ignore"):
        values = weight.astype(np.float16)
    return MlpWeights(values, _bias(bias, len(values), "mlp"), weight_quant)


def _bias(bias, outputs: int, operator: str) -> np.ndarray:
    """The bias as FP16 numbers, one for each output."""
    bias = half(bias)
    if bias.shape != (outputs,):
        raise CnmlError(f"{operator}: {outputs} outputs need a bias ({outputs},), got {bias.shape}")
    return bias


def conv(
    x,
    weight,
    bias=None,
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
    if not isinstance(weight, ConvWeights):
        weight = prepare_conv(weight, bias, weight_quant)
    x = half(x)
    outputs, inputs, size = weight.values.shape[:3]
    if x.ndim != 4 or x.shape[1] != inputs:
        raise CnmlError(f"conv: x must be (N, {inputs}, H, W) for a weight {weight.values.shape}, got {x.shape}")
    height, width = (conv_length(side, size, stride, pad, dilation) for side in x.shape[2:])
    padded = np.zeros((*x.shape[:2], x.shape[2] + 2 * pad, x.shape[3] + 2 * pad), np.float32)
    padded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]] = on_grid(x, input_quant)

    matrix = weight.values.reshape(outputs, -1).astype(np.float32)
    factor, bias = _factor(input_quant, weight.quant), weight.bias[:, None]
    output = np.empty((len(x), outputs, height * width), np.float32)
    for plane, image in zip(output, padded, strict=True):
        for rows in _strips(height, matrix.shape[1] * width):
            columns = _columns(image, size, stride, dilation, rows, width)
            part = plane[:, rows.start * width : rows.stop * width]
            exact_product(matrix, columns, weight.pieces, part)
            _finish(part, factor, bias)
    return output.reshape(len(x), outputs, height, width)


def conv_length(length: int, size: int, stride: int, pad: int = 0, dilation: int = 1) -> int:
    """Places for a window of `size`, its numbers `dilation` apart, along a side; an error where there is none."""
    reach = dilation * (size - 1) + 1
    if length + 2 * pad < reach:
        raise CnmlError(f"a window that reaches over {reach} does not fit into {length} with padding {pad}")
    return (length + 2 * pad - reach) // stride + 1


def _strips(height: int, row_numbers: int) -> list[range]:
    """Runs of output rows whose columns fit into the cache."""
    rows = max(1, STRIP // max(1, row_numbers))
    return [range(start, min(start + rows, height)) for start in range(0, height, rows)]


def _columns(image, size: int, stride: int, dilation: int, rows: range, width: int) -> np.ndarray:
    """Every window of some output rows as a column: (C, H, W) -> (C * K * K, rows * width)."""
    columns = np.empty((len(image), size, size, len(rows), width), np.float32)
    down, right = (len(rows) - 1) * stride + 1, (width - 1) * stride + 1
    for i, j in np.ndindex(size, size):
        top, left = rows.start * stride + i * dilation, j * dilation
        columns[:, i, j] = image[:, top : top + down : stride, left : left + right : stride]
    return columns.reshape(len(image) * size * size, -1)


def mlp(
    x,
    weight,
    bias=None,
    *,
    input_quant: QuantParam,
    weight_quant: QuantParam | None = None,
) -> np.ndarray:
    """Multiply with a weight, in whole numbers.

    x : (N, Cin), weight : (Cout, Cin) or MlpWeights, bias : (Cout,)  ->  (N, Cout)
    """
    if not isinstance(weight, MlpWeights):
        weight = prepare_mlp(weight, bias, weight_quant)
    x = half(x)
    outputs, inputs = weight.values.shape
    if x.ndim != 2 or x.shape[1] != inputs:
        raise CnmlError(f"mlp: x must be (N, {inputs}) for a weight {weight.values.shape}, got {x.shape}")
    columns = np.ascontiguousarray(on_grid(x, input_quant).T)
    output = np.empty((outputs, len(x)), np.float32)
    for start in range(0, outputs, ROWS):
        rows = slice(start, start + ROWS)
        matrix = on_grid(weight.values[rows].astype(np.float32), weight.quant)
        exact_product(matrix, columns, exact_pieces(matrix), output[rows])
    _finish(output, _factor(input_quant, weight.quant), weight.bias[:, None])
    return np.ascontiguousarray(output.T)


def _factor(input_quant: QuantParam, weight_quant: QuantParam) -> np.float32:
    """What one step of a product sum stands for."""
    return np.float32(input_quant.step * weight_quant.step)


def _finish(sums: np.ndarray, factor: np.float32, bias: np.ndarray) -> None:
    """Turn whole sums into the layer's output, in place: scaled, bias added, rounded to FP16."""
    sums *= factor
    sums += bias
    sums[...] = half(sums)


def relu(x) -> np.ndarray:
    """Put 0 for every number below 0; any shape."""
    return np.maximum(half(x), 0)


def max_pool(x, *, kernel_size: int, stride: int) -> np.ndarray:
    """Take the largest number of each window, without padding: (N, C, H, W) -> (N, C, Ho, Wo), sizes rounded down."""
    x = half(x)
    if x.ndim != 4:
        raise CnmlError(f"max_pool: x must be (N, C, H, W), got {x.shape}")
    height, width = (conv_length(side, kernel_size, stride) for side in x.shape[2:])
    down, right = (height - 1) * stride + 1, (width - 1) * stride + 1
    largest = None
    for i, j in np.ndindex(kernel_size, kernel_size):
        place = x[:, :, i : i + down : stride, j : j + right : stride]
        largest = place.copy() if largest is None else np.maximum(largest, place, out=largest)
    return largest


def flatten(x) -> np.ndarray:
    """Lay (N, C, H, W) out in N, H, W, C order: (N, H * W * C)."""
    x = half(x)
    if x.ndim != 4:
        raise CnmlError(f"flatten: x must be (N, C, H, W), got {x.shape}")
    return np.ascontiguousarray(x.transpose(0, 2, 3, 1)).reshape(len(x), -1)


def softmax(x, *, axis: int = 1) -> np.ndarray:
    """Turn scores into probabilities along an axis; inside at full precision, FP16 in and out."""
    scores = half(x).astype(np.float64)
    exp = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return half(exp / exp.sum(axis=axis, keepdims=True))
