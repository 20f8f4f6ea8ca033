"""Pictures of classification: the most probable classes, batches, a confusion matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import listed, tr
from aics.show.figure import BLUE, GREEN, INK, LINE, ORANGE, PALE, PALETTE, RED, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def top_classes(
    pictures: Sequence[np.ndarray],
    classes: np.ndarray,
    probabilities: np.ndarray,
    names: Sequence[str],
    labels: Sequence[int] | None = None,
) -> Picture:
    """Show pictures, each beside bars of its most probable classes.

    pictures : N arrays (H, W, 3) uint8; classes, probabilities : (N, top), most probable first;
    labels : (N,), optional: the right class's bar is green and the others orange, else all are blue
    """
    best = listed(f"{names[row[0]]} {p[0]:.0%}" for row, p in zip(classes, probabilities, strict=True))
    alt = tr("Pictures with bars of their most probable classes; the first of each: {best}", best=best)
    columns = 3 if len(pictures) > 1 else 1
    rows = -(-len(pictures) // columns)
    picture, axes = new_picture(10.5 if columns > 1 else 7, 1.7 * rows, alt=alt, rows=rows, columns=2 * columns)
    for axis in axes[2 * len(pictures) :]:
        bare(axis)
    for number, (image, row, share) in enumerate(zip(pictures, classes, probabilities, strict=True)):
        left, right = axes[2 * number : 2 * number + 2]
        left.imshow(image, interpolation="bicubic")
        truth = "" if labels is None else names[labels[number]]
        bare(left, truth)
        plain = [BLUE] * len(row) if labels is None else [GREEN if k == labels[number] else ORANGE for k in row]
        right.barh(range(len(row)), share, color=[color + "77" for color in plain], height=0.7)
        for place, (k, p) in enumerate(zip(row, share, strict=True)):
            right.text(0.03, place, f"{names[k].split(',')[0]}  {p:.1%}", va="center", fontsize=8.5, color=INK)
        right.set_xlim(0, 1)
        right.invert_yaxis()
        bare(right)
        right.axvline(0, color=INK, linewidth=0.8)
    return picture


def batches(count: int = 10, batch: int = 4) -> Picture:
    """Draw a row of numbered pictures cut into batches; the last may be shorter."""
    starts = range(0, count, batch)
    sizes = [min(batch, count - start) for start in starts]
    alt = tr(
        "{count} numbered pictures in batches of {sizes}: the last holds what is left over.",
        count=count,
        sizes=listed(sizes),
    )
    picture, (axis,) = new_picture(8, 1.3, alt=alt)
    for k, (start, size) in enumerate(zip(starts, sizes, strict=True)):
        color = PALETTE[k % len(PALETTE)]
        for i in range(size):
            left = start + i + 0.5 * k
            box(axis, left, 0, 0.92, 0.92, fill=True, facecolor=color + "66", edgecolor=color)
            axis.text(left + 0.46, 0.48, f"{start + i}", ha="center", va="center", fontsize=10)
        said = tr("batch of {size}", size=size)
        axis.text(start + 0.5 * k + size / 2, 1.45, said, ha="center", va="center", fontsize=9)
    for i in range(batch * len(sizes) - count):
        left = count + i + 0.5 * (len(sizes) - 1)
        box(axis, left, 0, 0.92, 0.92, fill=True, facecolor=PALE, edgecolor=LINE, linestyle=":", linewidth=1)
    axis.set_xlim(-0.2, count + batch + 0.5 * len(sizes))
    axis.set_ylim(1.8, -0.2)
    axis.set_aspect("equal")
    bare(axis)
    return picture


def confusion(labels: np.ndarray, answers: np.ndarray, names: Sequence[str]) -> Picture:
    """Draw the confusion matrix: how many pictures of each class got which answer.

    labels, answers : (N,) class numbers
    """
    counts = np.zeros((len(names), len(names)), int)
    np.add.at(counts, (labels, answers), 1)
    right = float(np.mean(np.asarray(labels) == np.asarray(answers)))
    wrong = counts - np.diag(np.diag(counts))
    true, taken = (int(index) for index in np.unravel_index(wrong.argmax(), wrong.shape))
    alt = tr(
        "A table of {count} pictures, a row for each class, a column for each answer; {right:.1%} lie on the diagonal "
        "and are right. The most frequent mistake: {true} taken for {taken}, {times}x.",
        count=len(labels),
        right=right,
        true=names[true],
        taken=names[taken],
        times=wrong.max(),
    )
    picture, (axis,) = new_picture(6.2, 5.4, alt=alt)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axis.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            axis.text(column, row, f"{count}", ha="center", va="center", fontsize=9)
    if wrong.any():
        box(axis, taken - 0.5, true - 0.5, 1, 1, edgecolor=RED)
    axis.set_xticks(range(len(names)), names, rotation=45, ha="right", fontsize=9)
    axis.set_yticks(range(len(names)), names, fontsize=9)
    axis.set_xlabel(tr("the network's answer"))
    axis.set_ylabel(tr("what it is"))
    axis.set_title(tr("{right:.1%} of {count} pictures are right", right=right, count=len(labels)), fontsize=10)
    return picture
