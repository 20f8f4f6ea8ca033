"""Pictures of max pooling: the winner of each window, and where its gradient goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from aics.language import tr
from aics.show.figure import PALETTE, PAPER, box, gray_image, new_picture, number_grid

if TYPE_CHECKING:
    from aics.show.picture import Picture


def pooling(values: ArrayLike | None = None, kernel_size: int = 2, stride: int = 2) -> Picture:
    """Draw max pooling of a small input, and a gradient of ones sent back to the first maximum of each window.

    values : (H, W), optional; the default holds a tie and a window of zeros
    """
    if values is None:
        values = [[1, 5, 2, 0], [3, 4, 7, 7], [0, 0, 6, 1], [0, 0, 2, 3]]
    values = np.asarray(values, dtype=float)
    rows = (values.shape[0] - kernel_size) // stride + 1
    columns = (values.shape[1] - kernel_size) // stride + 1
    output, gradient = np.zeros((rows, columns)), np.zeros_like(values)
    fills = [[PAPER] * values.shape[1] for _ in values]
    sent = [[PAPER] * values.shape[1] for _ in values]
    out_fills = [[PAPER] * columns for _ in range(rows)]
    picture, (left, middle, right) = new_picture(8.5, 3.2, alt="", columns=3, width_ratios=(4, 2.6, 4))
    outlines = []
    for h, w in np.ndindex(rows, columns):
        top, start = h * stride, w * stride
        patch = values[top : top + kernel_size, start : start + kernel_size]
        i, j = np.unravel_index(patch.argmax(), patch.shape)
        color = PALETTE[(h * columns + w) % len(PALETTE)]
        output[h, w] = patch[i, j]
        gradient[top + i, start + j] += 1
        fills[top + i][start + j] = sent[top + i][start + j] = out_fills[h][w] = color + "88"
        outlines.append((start + 0.06, top + 0.06, color))
    number_grid(left, values, fills=fills, title=tr("input: the first maximum wins"))
    number_grid(middle, output, fills=out_fills, title=tr("output"))
    number_grid(right, gradient, fills=sent, title=tr("a gradient of 1 for each output"))
    for x, y, color in outlines:
        for axis in (left, right):
            box(axis, x, y, kernel_size - 0.12, kernel_size - 0.12, edgecolor=color)
    picture.alt = tr(
        "Max pooling {kernel} x {kernel}, stride {stride}, of {values}: output {output}; gradients of 1 go to "
        "{gradient}.",
        kernel=kernel_size,
        stride=stride,
        values=values.tolist(),
        output=output.tolist(),
        gradient=gradient.tolist(),
    )
    return picture


def pooled(stages: Sequence[np.ndarray]) -> Picture:
    """Show a picture and what pooling makes of it, stage after stage, at one scale.

    stages : (H, W) arrays, each pooled from the one before
    """
    sizes = [np.shape(stage) for stage in stages]
    titles = [f"{h} x {w}" for h, w in sizes]
    alt = tr("A picture pooled step by step: {sizes}", sizes=tr(", then ").join(titles))
    widths = [w for _, w in sizes]
    picture, axes = new_picture(9.5, 3.2, alt=alt, columns=len(stages), width_ratios=widths)
    for axis, stage, title in zip(axes, stages, titles, strict=True):
        gray_image(axis, stage, title=title)
        axis.set_anchor("S")
    return picture
