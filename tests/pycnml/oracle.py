"""The device's arithmetic once more, number by number: Python integers, and NumPy scalars where it says float."""

from __future__ import annotations

from itertools import product

import numpy as np

from aics.pycnml import QuantParam


def half(value) -> np.float32:
    """One number, rounded to FP16 by NumPy itself."""
    with np.errstate(over="ignore"):
        return np.float32(np.float16(np.float32(value)))


def on_grid(value, quant: QuantParam) -> int:
    """One float32 number as a whole number from -128 to 127: scaled in float32, halves to the even neighbour."""
    scaled = np.float32(value) * np.ldexp(np.float32(quant.scale), -quant.position)
    return round(max(-128.0, min(127.0, float(scaled))))


def finished(total: int, input_quant: QuantParam, weight_quant: QuantParam, bias) -> np.float32:
    """A whole sum as the layer's output: scaled and added to in float32, then FP16."""
    steps = [1.0 / float(np.ldexp(np.float32(q.scale), -q.position)) for q in (input_quant, weight_quant)]
    return half(np.float32(total) * np.float32(steps[0] * steps[1]) + half(bias))


def conv(x, weight, bias, *, stride, pad, dilation, input_quant, weight_quant) -> np.ndarray:
    """Every output on its own, with a loop over its products."""
    qx = np.vectorize(lambda v: on_grid(half(v), input_quant), otypes=[object])(x)
    qw = np.vectorize(lambda v: on_grid(v, weight_quant), otypes=[object])(weight.astype(np.float32))
    n, inputs, height, width = x.shape
    outputs, _, size, _ = weight.shape
    reach = dilation * (size - 1) + 1
    rows, columns = ((side + 2 * pad - reach) // stride + 1 for side in (height, width))
    output = np.empty((n, outputs, rows, columns), np.float32)
    for k, o, r, c in product(range(n), range(outputs), range(rows), range(columns)):
        total = 0
        for i, u, v in product(range(inputs), range(size), range(size)):
            h, w = r * stride + u * dilation - pad, c * stride + v * dilation - pad
            if 0 <= h < height and 0 <= w < width:
                total += int(qx[k, i, h, w]) * int(qw[o, i, u, v])
        output[k, o, r, c] = finished(total, input_quant, weight_quant, bias[o])
    return output


def mlp(x, weight, bias, *, input_quant, weight_quant) -> np.ndarray:
    """Rows times columns, in int64; the weight passes through FP16."""
    qx = np.vectorize(lambda v: on_grid(half(v), input_quant), otypes=[np.int64])(x)
    qw = np.vectorize(lambda v: on_grid(half(v), weight_quant), otypes=[np.int64])(weight)
    sums = np.einsum("ni,oi->no", qx, qw)
    columns = [[finished(int(s), input_quant, weight_quant, b) for s, b in zip(row, bias, strict=True)] for row in sums]
    return np.array(columns, np.float32).reshape(len(x), len(weight))
