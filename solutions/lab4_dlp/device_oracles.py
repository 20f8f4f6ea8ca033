"""The device's right answers, in fractions, whole numbers or float64, and from the definition.

Nothing here is shared with the notebook's solution or the emulator: positions are searched for, rounding is done on
fractions, sums are int64 over explicit windows, the file is read by its layers' names.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import second_oracles
from numpy.lib.stride_tricks import sliding_window_view

from aics.doubles.changes import OVERWRITTEN

POSITIONS = range(-32, 33)
#: How many convolutions each of VGG19's five blocks has.
CONVOLUTIONS = (2, 2, 4, 4, 4)

# Numbers


def quant_param(*, x, bits):
    """The least power of two in which all of x fits onto the grid, and what stretches it to the grid's end."""
    largest, end = Fraction(float(np.max(np.abs(x)))), 2 ** (bits - 1) - 1
    position, scale = 0, Fraction(1)
    if largest:
        position = next((p for p in POSITIONS if largest <= end * Fraction(2) ** p), POSITIONS[-1])
        scale = end * Fraction(2) ** position / largest
    return {"pair": np.array(True), "position": np.array(position), "scale": np.array(float(scale))}


def quantize(*, x, position, scale, bits):
    """Fractions, to the nearest whole number (of two equally near ones to the even one), held in the range."""
    low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    exact = (Fraction(float(value)) * Fraction(scale) / Fraction(2) ** position for value in x.ravel())
    q = [min(max(round(value), low), high) for value in exact]
    return {"q": np.array(q, np.int64).reshape(x.shape), OVERWRITTEN: np.array(0)}


def int8_conv(*, x, weight, bias, stride, pad, input_pair, weight_pair):
    """Whole sums over windows, times what a step is worth, plus the bias in FP16; then FP16."""
    padded = np.pad(x.astype(np.int64), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    sums = np.einsum("nchwij,ocij->nohw", windows, weight.astype(np.int64))
    worth = 2.0 ** (input_pair[0] + weight_pair[0]) / (input_pair[1] * weight_pair[1])
    exact = sums * worth + bias.astype(np.float16).astype(np.float64)[:, None, None]
    output = exact.astype(np.float16).astype(np.float64)
    return {"output": output, "output in FP16": np.array(True)}


# The network


def build_vgg19(*, channels, hidden, classes, image_size, kernel_size, input, filter, edition=1):
    """Two, two and three times four convolutions with a ReLU each, a pooling after each block, and the end."""
    if edition == 2:
        return second_oracles.build_vgg19(channels, hidden, classes, image_size, kernel_size)
    kinds = np.array(_kinds())
    pad, side = (kernel_size - 1) // 2, image_size // 2**5
    found = {
        "CnmlNet in self.net": np.array(True),
        **{
            f"setInputShape: {axis}": np.array(n)
            for axis, n in zip("nchw", (1, 3, image_size, image_size), strict=True)
        },
        "net.size()": np.array(44),
        "names of the layers": np.ones(44, bool),
    }
    sizes = {"kernel_size": kernel_size, "stride": 1, "dilation": 1, "pad": pad}
    told = {
        "createConvLayer": {"out_channel": np.repeat(channels, CONVOLUTIONS), **_each(16, sizes), **_grids(input[:32])},
        "createReLuLayer": {},
        "createPoolingLayer": _each(5, {"kernel_size": 2, "stride": 2}),
        "createFlattenLayer": {"shape": np.array([[1, side * side * channels[-1], 1, 1]])},
        "createMlpLayer": {"output_num": np.array([*hidden, classes]), **_grids(input[32:])},
        "createSoftmaxLayer": {"axis": np.array([1])},
    }
    for call, arguments in told.items():
        layers = np.flatnonzero(kinds == call)
        found |= {f"number of {call} calls": np.array(len(layers)), f"{call}: layer": layers}
        found |= {f"{call}: {name}": values for name, values in arguments.items()}
    grids = {f"filter_quant_params: {name}": values for name, values in _grids(filter).items()}
    return found | {"number of filter_quant_params": np.array(19)} | grids


def _kinds():
    """The call that creates each of the 44 layers."""
    kinds = []
    for count in CONVOLUTIONS:
        kinds += [*["createConvLayer", "createReLuLayer"] * count, "createPoolingLayer"]
    hidden = ["createMlpLayer", "createReLuLayer"]
    return [*kinds, "createFlattenLayer", *hidden, *hidden, "createMlpLayer", "createSoftmaxLayer"]


def _each(count, sizes):
    """The same sizes for each of several layers."""
    return {name: np.full(count, size) for name, size in sizes.items()}


def _grids(interleaved):
    """Position, scale, position, scale ... as two rows."""
    position, scale = np.asarray(interleaved, np.float64).reshape(-1, 2).T
    return {"position": position.astype(np.int64), "scale": scale}


#: Places of the 19 layers with weights among the 44.
WEIGHTED = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34, 38, 40, 42]


def load_params(*, shapes, numbers, pairs, mean, edition=1, **_):
    """The first card's weights are Cout rows: a convolution's in Cin, H, W order, a fully connected one's in H, W, Cin.

    The second one takes a convolution's in Cout, H, W, Cin order, and a fully connected one as the file has it.
    """
    orders, weighted = (("hwio->oihw", "hwio->ohwi"), WEIGHTED) if edition == 1 else second_oracles.PARAMETERS
    found = {"number of layers with parameters": np.array(19), "loadParams: layer_id": np.array(weighted)}
    rest = numbers.astype(np.float64)
    for layer, shape in shapes:
        weight, bias, rest = np.split(rest, [int(np.prod(shape)), int(np.prod(shape)) + shape[3]])
        order = orders[layer[0] == "f"]
        found |= {f"{layer}: weight": np.einsum(order, weight.reshape(shape)).ravel(), f"{layer}: bias": bias}
    found["image_mean"] = np.array(mean)
    if edition == 2:
        return found
    grids = {f"quant_param: {name}": values for name, values in _grids(pairs).items()}
    return found | {"quant_param: type": np.ones(19, bool)} | grids


def top5(*, prob, labels):
    """A label is among the first k where fewer than k classes are more probable."""
    more = [sum(other > row[label] for other in row) for row, label in zip(prob, labels, strict=True)]
    first = {f"top{k}": np.array([place < k for place in more]) for k in (1, 5)}
    return {"pair": np.array(True)} | first
