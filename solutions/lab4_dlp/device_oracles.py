"""The device's right answers, in fractions, whole numbers or float64, and from the definition.

Nothing here is shared with the notebook's solution or the emulator: positions are searched for, rounding is done on
fractions, sums are int64 over explicit windows, the file is read by its layers' names.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

POSITIONS = range(-32, 33)

# Numbers


def quant_param(*, x, bits):
    """The least power of two in which all of x fits onto the grid, and what stretches it to the grid's end."""
    largest, end = Fraction(float(np.max(np.abs(x)))), 2 ** (bits - 1) - 1
    position, scale = 0, Fraction(1)
    if largest:
        position = next((p for p in POSITIONS if largest <= end * Fraction(2) ** p), POSITIONS[-1])
        scale = end * Fraction(2) ** position / largest
    return {"position": np.array(position), "scale": np.array(float(scale))}


def quantize(*, x, position, scale, bits):
    """Fractions, to the nearest whole number (of two equally near ones to the even one), held in the range."""
    low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    exact = (Fraction(float(value)) * Fraction(scale) / Fraction(2) ** position for value in x.ravel())
    q = [min(max(round(value), low), high) for value in exact]
    return {"q": np.array(q, np.int64).reshape(x.shape), "bytes of a number": np.array(1)}


def int8_conv(*, x, weight, bias, stride, pad, input_pair, weight_pair):
    """Whole sums over windows, times what a step is worth, plus the bias in FP16; then FP16."""
    padded = np.pad(x.astype(np.int64), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    sums = np.einsum("nchwij,ocij->nohw", windows, weight.astype(np.int64))
    worth = 2.0 ** (input_pair[0] + weight_pair[0]) / (input_pair[1] * weight_pair[1])
    exact = sums * worth + bias.astype(np.float16).astype(np.float64)[:, None, None]
    output = exact.astype(np.float16).astype(np.float64)
    return {"output": output, "output minus its FP16 number": np.zeros(output.shape)}


# The network


def build_vgg19(*, channels, hidden, classes, image_size, kernel_size, input, filter):
    """Two, two and three times four convolutions with a ReLU each, a pooling after each block, and the end."""
    pairs, number = input.reshape(-1, 2).tolist(), 0
    convolutions, relus, poolings = [], [], []
    # Stated here once more: the oracle shares nothing with the plan from which cases and networks are made.
    for count, width in zip((2, 2, 4, 4, 4), channels, strict=True):
        for _ in range(count):
            pad = (kernel_size - 1) // 2
            convolutions.append([number, width, kernel_size, 1, 1, pad, *pairs[len(convolutions)]])
            relus.append([number + 1])
            number += 2
        poolings.append([number, 2, 2])
        number += 1
    side = image_size // 2**5
    places = (38, 40, 42)
    connected = zip(places, (*hidden, classes), pairs[16:], strict=True)
    tables = {
        "createConvLayer = [number, out_channel, kernel_size, stride, dilation, pad, position, scale]": convolutions,
        "createReLuLayer = [number]": [*relus, [39], [41]],
        "createPoolingLayer = [number, kernel_size, stride]": poolings,
        "createFlattenLayer = [number, n, c, h, w]": [[37, 1, side * side * channels[-1], 1, 1]],
        "createMlpLayer = [number, output_num, position, scale]": [[n, width, *pair] for n, width, pair in connected],
        "createSoftmaxLayer = [number, axis]": [[43, 1]],
    }
    found = {f"{title} (-1: no such layer)": np.array(table, np.float64) for title, table in tables.items()}
    found["setInputShape = [n, c, h, w]"] = np.array([1, 3, image_size, image_size], np.float64)
    found["layers in all"] = np.array(44)
    return found | {"filter_quant_params = [position, scale, ...]": filter.astype(np.float64)}


#: Places of the 19 layers with weights among the 44.
WEIGHTED = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34, 38, 40, 42]


def load_params(*, shapes, numbers, mean, image_size, pairs):
    """Each weight as Cout rows; a convolution's in Cin, H, W order, a fully connected one's in H, W, Cin order."""
    ones = np.ones(2 * len(shapes), np.int64)
    found = {
        "numbers of the layers that loadParams was told": np.array(WEIGHTED),
        "axes of each weight and bias": ones,
        "1 where the numbers were Python floats": ones,
    }
    rest = numbers.astype(np.float64)
    for (name, shape), pair in zip(shapes, pairs.reshape(-1, 2), strict=True):
        weight, bias, rest = np.split(rest, [int(np.prod(shape)), int(np.prod(shape)) + shape[3]])
        letters = "hwio->oihw" if name[0] == "c" else "hwio->ohwi"
        row = np.einsum(letters, weight.reshape(shape)).ravel()
        found[f"{name}: weight, bias, position, scale"] = np.concatenate([row, bias, pair])
    return found | {"image_mean": np.array(mean, np.float64)}


def top5(*, prob, labels):
    """A label is among the first k where fewer than k classes are more probable."""
    more = [sum(other > row[label] for other in row) for row, label in zip(prob, labels, strict=True)]
    return {f"top{k}": np.array([place < k for place in more], np.int64) for k in (1, 5)}
