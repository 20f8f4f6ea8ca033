"""Pictures of the small layers: fully connected, ReLU, softmax."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import listed, noted, tr
from aics.show.figure import BLUE, GREEN, INK, LINE, MUTED, ORANGE, PALETTE, PAPER, SKY, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def matrix_product(batch: int = 4, num_input: int = 6, num_output: int = 3) -> Picture:
    """Draw Y = X W + b as boxes with their shapes: one row of X makes one row of Y."""
    alt = tr(
        "Boxes: X of {batch} rows and {inputs} columns, times W of {inputs} rows and {outputs} columns, plus b of one "
        "row, gives Y of {batch} rows and {outputs} columns. One row of X and one column of W are marked; they give "
        "one entry of Y.",
        batch=batch,
        inputs=num_input,
        outputs=num_output,
    )
    picture, (axis,) = new_picture(8, 2.9, alt=alt)
    left, middle = 0.0, num_input / 2
    parts = (
        ("X", tr("one row an example"), batch, num_input, "="),
        ("W", tr("one column an output"), num_input, num_output, "+"),
        ("b", tr("one row, for all"), 1, num_output, "="),
        ("Y", tr("one row an answer"), batch, num_output, ""),
    )
    for (name, role, rows, columns, _), sign in zip(parts, ("@", "+", "=", ""), strict=True):
        top = middle - rows / 2
        for r in range(rows):
            for c in range(columns):
                color = PAPER
                if (name == "X" and r == 1) or (name == "W" and c == 2):
                    color = SKY if name == "X" else ORANGE
                if name == "Y" and (r, c) == (1, 2):
                    color = GREEN
                box(
                    axis,
                    left + c,
                    top + r,
                    1,
                    1,
                    fill=True,
                    facecolor=color,
                    edgecolor=LINE,
                    linewidth=0.8,
                )
        axis.text(left + columns / 2, -0.5, f"{name}  ({rows}, {columns})", ha="center", fontsize=11)
        axis.text(left + columns / 2, num_input + 0.9, role, ha="center", fontsize=9, color=MUTED)
        axis.text(left + columns + 1, middle, sign, ha="center", va="center", fontsize=16)
        left += columns + 2
    axis.set_xlim(-0.5, left - 1)
    axis.set_ylim(num_input + 1.2, -1.2)
    axis.set_aspect("equal")
    bare(axis)
    return picture


def relu() -> Picture:
    """Draw ReLU and its gradient side by side."""
    alt = tr("Left: ReLU is 0 for negative x and x from 0 on. Right: its gradient is 0 for negative x, 1 from 0 on.")
    picture, (left, right) = new_picture(7.5, 2.3, alt=alt, columns=2)
    left.plot([-3, 0, 3], [0, 0, 3], color=BLUE, linewidth=2.5)
    left.set_title(tr("forward: max(x, 0)"), fontsize=10)
    right.plot([-3, 0], [0, 0], color=ORANGE, linewidth=2.5)
    right.plot([0, 3], [1, 1], color=ORANGE, linewidth=2.5)
    right.plot([0], [1], "o", color=ORANGE, markersize=7)
    right.plot([0], [0], "o", markerfacecolor=PAPER, color=ORANGE, markersize=7)
    right.set_title(tr("gradient: 0 or 1, and 1 at x = 0 here"), fontsize=10)
    for axis in (left, right):
        axis.set_xlabel("x")
        axis.grid(alpha=0.25)
        axis.spines[["top", "right"]].set_visible(False)
    return picture


def softmax(
    scores: Sequence[float] = (2.0, 1.0, -1.0),
    right: int = 1,
    names: Sequence[str] = (noted("cat"), noted("dog"), noted("fish")),
) -> Picture:
    """Draw scores, their probabilities, and the gradient of the loss.

    right : index of the right class; names : of the classes, English where they are the lab's own
    """
    score = np.asarray(scores, dtype=float)
    prob = np.exp(score - score.max())
    prob /= prob.sum()
    gradient = prob - (np.arange(len(score)) == right)
    said = [tr(name) for name in names]
    alt = tr(
        "Three bar charts over {names}: scores {scores}; probabilities {probabilities}; gradient {gradient}",
        names=listed(said),
        scores=np.array2string(score, precision=2),
        probabilities=np.array2string(prob, precision=2),
        gradient=np.array2string(gradient, precision=2),
    )
    picture, axes = new_picture(8.5, 2.4, alt=alt, columns=3)
    last = tr("gradient if it is a {name}: sums to 0", name=said[right])
    titles = (tr("scores"), tr("probabilities: they sum to 1"), last)
    for axis, values, title in zip(axes, (score, prob, gradient), titles, strict=True):
        bars = axis.bar(said, values, color=PALETTE[: len(values)])
        axis.bar_label(bars, fmt="%.2f", fontsize=9, padding=2)
        axis.axhline(0, color=INK, linewidth=0.8)
        axis.margins(y=0.2)
        axis.set_yticks([])
        axis.spines[["top", "right", "left"]].set_visible(False)
        axis.set_title(title, fontsize=10)
    return picture
