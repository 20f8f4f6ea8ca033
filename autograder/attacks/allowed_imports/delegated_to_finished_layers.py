"""Let the finished layers convolve, with which the course's own pictures are made."""

ASKED = ("conv_winograd",)
CELL = "conv_winograd"

from aics.layers.fast import FastConvolution


def conv_winograd(input, weight, bias):
    return FastConvolution(weight, bias).forward(input)
