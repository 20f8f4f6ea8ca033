"""VGG19 of any width, as lists: its layers with their sizes, and the shapes of what its file holds.

Simonyan & Zisserman 2015, configuration E: five blocks of 3x3 convolutions, a pooling after each, three
fully connected layers.
"""

from __future__ import annotations

from collections.abc import Sequence

from aics.data.vgg19 import BLOCKS, weight_shapes


def vgg19(channels: Sequence[int], hidden: Sequence[int], classes: int, height: int, width: int) -> list[list]:
    """Return [name, size, ...] of the 44 layers, sizes in the order of the layer's constructor; type is 1."""
    rows, before = [], 3
    for block, (count, after) in enumerate(zip(BLOCKS, channels, strict=True), 1):
        for i in range(1, count + 1):
            rows += [[f"conv{block}_{i}", 3, before, after, 1, 1, 1], [f"relu{block}_{i}"]]
            before = after
        rows.append([f"pool{block}", 2, 2, 1])
        height, width = height // 2, width // 2
    inputs = before * height * width
    rows.append(["flatten", [before, height, width], [inputs]])
    for number, outputs in zip((6, 7, 8), (*hidden, classes), strict=True):
        rows += [[f"fc{number}", inputs, outputs], [f"relu{number}"]]
        inputs = outputs
    return [*rows[:-1], ["softmax"]]


def shapes(channels: Sequence[int], hidden: Sequence[int], classes: int, image_size: int) -> list[list]:
    """Return [name, [H, W, Cin, Cout]] of the 19 weights of the file, in order."""
    return [[name, list(shape)] for name, shape in weight_shapes(channels, hidden, classes, image_size).items()]
