"""What the card of the original course's second edition is to be told: every shape, nothing quantised, no flatten."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

#: How many convolutions each of VGG19's five blocks has.
CONVOLUTIONS = (2, 2, 4, 4, 4)


def build_vgg19(channels, hidden, classes, image_size, kernel_size):
    """Each layer in its order, with the shape that the layers before it leave."""
    rows, before, side, pad = [], 3, image_size, (kernel_size - 1) // 2
    for count, after in zip(CONVOLUTIONS, channels, strict=True):
        for _ in range(count):
            sizes = {"out_channel": after, "kernel_size": kernel_size, "stride": 1, "dilation": 1, "pad": pad}
            rows += [("createConvLayer", {"input_shape": [1, before, side, side], **sizes}), ("createReLuLayer", {})]
            before = after
        rows.append(("createPoolingLayer", {"input_shape": [1, after, side, side], "kernel_size": 2, "stride": 2}))
        side //= 2
    widths = [before * side * side, *hidden, classes]
    for inputs, outputs in pairwise(widths):
        shapes = {"weight_shape": [1, 1, inputs, outputs], "output_shape": [1, 1, 1, outputs]}
        rows += [("createMlpLayer", {"input_shape": [1, 1, 1, inputs], **shapes}), ("createReLuLayer", {})]
    rows[-1] = ("createSoftmaxLayer", {"input_shape": [1, 1, classes]})
    shape = {"n": 1, "c": 3, "h": image_size, "w": image_size}
    return _told(rows) | {f"setInputShape: {axis}": np.array(size) for axis, size in shape.items()}


def _told(rows):
    """The rows by call, and the places of each call."""
    found = {"CnnlNet in self.net": np.array(True), "net.size()": np.array(len(rows))}
    for call in dict.fromkeys(call for call, _ in rows):
        places = [place for place, (each, _) in enumerate(rows) if each == call]
        found |= {f"number of {call} calls": np.array(len(places)), f"{call}: layer": np.array(places)}
        told = [rows[place][1] for place in places]
        found |= {f"{call}: {name}": np.array([each[name] for each in told]) for name in told[0]}
    return found


#: How a convolution's weight and a fully connected one's are turned, and the positions of the 19 layers that have some.
PARAMETERS = (
    ("hwio->ohwi", "hwio->hwio"),
    [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34, 37, 39, 41],
)
