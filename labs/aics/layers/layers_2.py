"""Convolution, max pooling and flatten, by ONNX Runtime. All give float32."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aics.language import tr
from aics.layers.convolutions import bias_gradient, convolve, input_gradient, weight_gradient
from aics.layers.parameters import Parameters, expect_shape
from aics.layers.programs import Array, run

_POOL = "(float[n,c,h,w] x) => (float[n,c,u,v] y) {{y = MaxPool<kernel_shape=[{k},{k}], strides=[{s},{s}]>(x)}}"
_POOL_BACK = """(float[n,c,h,w] x, float[n,c,u,v] d) => (float[n,c,h,w] dx) {{
    y, places = MaxPool<kernel_shape=[{k},{k}], strides=[{s},{s}]>(x)
    row = Constant<value_ints=[-1]>()
    targets = Reshape(places, row)
    numbers = Reshape(d, row)
    count = Size(x)
    size = Reshape(count, row)
    zeros = ConstantOfShape(size)
    filled = ScatterElements<axis=0, reduction="add">(zeros, targets, numbers)
    shape = Shape(x)
    dx = Reshape(filled, shape)
}}"""
_FLATTEN = """(float[n,c,h,w] x, int64[r] shape) => (float[s] y) {
    last = Transpose<perm=[0,2,3,1]>(x)
    y = Reshape(last, shape)
}"""
_FLATTEN_BACK = """(float[s] d, int64[4] shape) => (float[n,c,h,w] dx) {
    last = Reshape(d, shape)
    dx = Transpose<perm=[0,3,1,2]>(last)
}"""


class ConvolutionalLayer(Parameters):
    """Cout small filters that slide over a picture; `type` makes no difference here.

    weight : (Cin, K, K, Cout), bias : (Cout,)
    """

    def __init__(
        self, kernel_size: int, channel_in: int, channel_out: int, padding: int, stride: int, type: int = 0
    ) -> None:
        super().__init__((channel_in, kernel_size, kernel_size, channel_out), (channel_out,))
        self.kernel_size, self.padding, self.stride, self.type = kernel_size, padding, stride, type
        self.channel_in, self.channel_out = channel_in, channel_out

    def forward(self, input: Array) -> Array:
        """input : (N, Cin, H, W)  ->  output : (N, Cout, Ho, Wo)"""
        expect_shape("ConvolutionalLayer.forward: input", input, (None, None, None, None))
        channels = input.shape[1]  # in the words of lab 2's given line, by which known mistakes are told
        assert self.channel_in == channels, tr(
            "input has {channels} channels, the layer takes {taken}", channels=channels, taken=self.channel_in
        )
        self.input = input
        return convolve(input, self.weight, self.stride, self.padding, self.bias)

    def backward(self, top_diff: Array) -> Array:
        """Set d_weight and d_bias.  top_diff : (N, Cout, Ho, Wo)  ->  bottom_diff : (N, Cin, H, W)"""
        expect_shape("ConvolutionalLayer.backward: top_diff", top_diff, (len(self.input), self.channel_out, None, None))
        window = self.stride, self.padding
        self.d_weight = weight_gradient(self.input, top_diff, self.kernel_size, *window)
        self.d_bias = bias_gradient(top_diff)
        return input_gradient(top_diff, self.weight, self.input.shape[2:], *window)


class MaxPoolingLayer:
    """The largest number of each K x K window, without padding; `type` makes no difference here.

    Of several equal numbers the first gets the gradient.
    """

    def __init__(self, kernel_size: int, stride: int, type: int = 0) -> None:
        self.kernel_size, self.stride, self.type = kernel_size, stride, type

    def forward(self, input: Array) -> Array:
        """input : (N, C, H, W)  ->  output : (N, C, Ho, Wo)"""
        expect_shape("MaxPoolingLayer.forward: input", input, (None, None, None, None))
        self.input = input
        (output,) = run(_POOL.format(k=self.kernel_size, s=self.stride), x=input)
        return output

    def backward(self, top_diff: Array) -> Array:
        """top_diff : (N, C, Ho, Wo)  ->  bottom_diff : (N, C, H, W)"""
        expect_shape("MaxPoolingLayer.backward: top_diff", top_diff, (*self.input.shape[:2], None, None))
        (bottom_diff,) = run(_POOL_BACK.format(k=self.kernel_size, s=self.stride), x=self.input, d=top_diff)
        return bottom_diff


class FlattenLayer:
    """A feature map becomes a vector, in the order in which MatConvNet stores it: N, H, W, C.

    input_shape, output_shape : shapes without the batch, such as [512, 7, 7] and [25088]
    """

    def __init__(self, input_shape: Sequence[int], output_shape: Sequence[int]) -> None:
        if np.prod(input_shape) != np.prod(output_shape):
            shapes = {"one": list(input_shape), "other": list(output_shape)}
            raise ValueError(tr("FlattenLayer: {one} and {other} differ in size.", **shapes))
        self.input_shape, self.output_shape = tuple(input_shape), tuple(output_shape)

    def forward(self, input: Array) -> Array:
        """input : (N, C, H, W)  ->  output : (N,) + output_shape"""
        expect_shape("FlattenLayer.forward: input", input, (None, *self.input_shape))
        (output,) = run(_FLATTEN, x=input, shape=np.array([len(input), *self.output_shape]))
        return output

    def backward(self, top_diff: Array) -> Array:
        """top_diff : (N,) + output_shape  ->  bottom_diff : (N, C, H, W)"""
        expect_shape("FlattenLayer.backward: top_diff", top_diff, (None, *self.output_shape))
        channels, height, width = self.input_shape
        shape = np.array([len(top_diff), height, width, channels])
        (bottom_diff,) = run(_FLATTEN_BACK, d=top_diff.reshape(-1), shape=shape)
        return bottom_diff
