"""A convolution and its three gradients, by ONNX Runtime; all give float32.

Layouts are the course's: features (N, C, H, W), weight (Cin, K, K, Cout), bias (Cout,).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aics.layers.programs import Array, run

_CONVOLVE = """(float[n,i,h,w] x, float[i,k,l,o] weight, float[o] bias) => (float[n,o,u,v] y) {{
    kernels = Transpose<perm=[3,0,1,2]>(weight)
    y = Conv<strides=[{s},{s}], pads=[{p},{p},{p},{p}]>(x, kernels, bias)
}}"""
_INPUT_GRADIENT = """(float[i,k,l,o] weight, float[n,o,u,v] d) => (float[n,i,h,w] dx) {{
    kernels = Transpose<perm=[3,0,1,2]>(weight)
    dx = ConvTranspose<strides=[{s},{s}], pads=[{p},{p},{p},{p}], output_padding=[{rows},{columns}]>(d, kernels)
}}"""
_WEIGHT_GRADIENT = """(float[n,i,h,w] x, float[n,o,u,v] d) => (float[i,k,l,o] dw) {{
    inputs = Transpose<perm=[1,0,2,3]>(x)
    windows = Transpose<perm=[1,0,2,3]>(d)
    wide = Conv<dilations=[{s},{s}], pads=[{p},{p},{p},{p}]>(inputs, windows)
    from = Constant<value_ints=[0,0]>()
    to = Constant<value_ints=[{k},{k}]>()
    sides = Constant<value_ints=[2,3]>()
    turned = Slice(wide, from, to, sides)
    dw = Transpose<perm=[0,2,3,1]>(turned)
}}"""
_BIAS_GRADIENT = """(float[n,o,u,v] d) => (float[o] db) {
    others = Constant<value_ints=[0,2,3]>()
    db = ReduceSum<keepdims=0>(d, others)
}"""


def convolve(x: Array, weight: Array, stride: int, padding: int, bias: Array | None = None) -> Array:
    """x : (N, Cin, H, W), weight : (Cin, K, K, Cout), bias : (Cout,)  ->  (N, Cout, Ho, Wo)"""
    bias = np.zeros(weight.shape[3], np.float32) if bias is None else bias
    (y,) = run(_CONVOLVE.format(s=stride, p=padding), x=x, weight=weight, bias=bias)
    return y


def input_gradient(top_diff: Array, weight: Array, sides: Sequence[int], stride: int, padding: int) -> Array:
    """top_diff : (N, Cout, Ho, Wo), weight : (Cin, K, K, Cout), sides : H, W of the input  ->  (N, Cin, H, W)"""
    rows, columns = ((side + 2 * padding - weight.shape[1]) % stride for side in sides)  # that no window reached
    program = _INPUT_GRADIENT.format(s=stride, p=padding, rows=rows, columns=columns)
    (gradient,) = run(program, weight=weight, d=top_diff)
    return gradient


def weight_gradient(x: Array, top_diff: Array, kernel_size: int, stride: int, padding: int) -> Array:
    """x : (N, Cin, H, W), top_diff : (N, Cout, Ho, Wo)  ->  (Cin, K, K, Cout)"""
    (gradient,) = run(_WEIGHT_GRADIENT.format(k=kernel_size, s=stride, p=padding), x=x, d=top_diff)
    return gradient


def bias_gradient(top_diff: Array) -> Array:
    """top_diff : (N, Cout, Ho, Wo)  ->  (Cout,)"""
    (gradient,) = run(_BIAS_GRADIENT, d=top_diff)
    return gradient
