"""Pictures of sparse networks: their accuracy, how their weights are stored, and how long their products take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
from aics.show.figure import BLUE, GREEN, LINE, ORANGE, PALE, PALETTE, PAPER, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture

#: Marks and dashes of curves: told apart also where colours are not.
_MARKS = (("o", "-"), ("s", "--"), ("^", ":"), ("D", "-."))


def accuracy_by_density(curves: Mapping[str, Mapping[float, float]], low: float | None = None) -> Picture:
    """Draw accuracy against the share of the weights that a network has.

    curves : title -> share -> accuracy, both from 0 to 1; low : the lowest accuracy that is shown
    """
    rows = {title: sorted(curve.items(), reverse=True) for title, curve in curves.items()}
    words = [
        tr(
            "{title}: {values}",
            title=title,
            values=tr(", ").join(f"{100 * share:g} % {right:.1%}" for share, right in row),
        )
        for title, row in rows.items()
    ]
    alt = tr("Accuracy by fraction of weights. {curves}.", curves=tr("; ").join(words))
    picture, (axis,) = new_picture(8, 3.6, alt=alt)
    for (title, curve), color, (mark, line) in zip(curves.items(), PALETTE, _MARKS, strict=False):
        shares = sorted(curve)
        heights = [100 * curve[share] for share in shares]
        axis.plot([100 * share for share in shares], heights, line + mark, color=color, label=title, markersize=6)
    shares = sorted({share for curve in curves.values() for share in curve})
    axis.set_xscale("log")
    axis.set_xticks([100 * share for share in shares], [f"{100 * share:g}" for share in shares])
    axis.minorticks_off()
    axis.invert_xaxis()
    if low is not None:
        axis.set_ylim(100 * low, 100)
    axis.set_xlabel(tr("% of the weights"))
    axis.set_ylabel(tr("% right of the test digits"))
    axis.grid(axis="y", color=PALE)
    axis.legend(frameon=False, fontsize=9, loc="lower left")
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def compressed_rows(matrix: np.ndarray) -> Picture:
    """Draw a small matrix and the three arrays that store it in compressed sparse rows."""
    rows, columns = matrix.shape
    colors = [PALETTE[row % len(PALETTE)] + "66" for row in range(rows)]
    kept = [[(column, value) for column, value in enumerate(line) if value] for line in matrix]
    ends = np.cumsum([0, *map(len, kept)])
    data = [f"{value:g}" for line in kept for _, value in line]
    indices = [str(column) for line in kept for column, _ in line]
    owner = [row for row, line in enumerate(kept) for _ in line]
    alt = tr(
        "A matrix of {rows} rows, {matrix}. data {data}; indices {indices}; indptr {indptr}. "
        "A row without entries begins and ends at the same index.",
        rows=rows,
        matrix=np.asarray(matrix).tolist(),
        data=", ".join(data),
        indices=", ".join(indices),
        indptr=", ".join(map(str, ends)),
    )
    picture, (left, right) = new_picture(10, 2.6, alt=alt, columns=2, width_ratios=(columns + 1, len(data) + 3))
    for (row, column), value in np.ndenumerate(matrix):
        face = colors[row] if value else PAPER
        box(left, column, row, 1, 1, fill=True, facecolor=face, edgecolor=LINE, linewidth=0.8)
        left.text(column + 0.5, row + 0.52, f"{value:g}" if value else "·", ha="center", va="center", fontsize=10)
    for row in range(rows):
        left.text(-0.2, row + 0.52, tr("row {row}", row=row), ha="right", va="center", fontsize=8.5)
    left.set_xlim(-1.3, columns + 0.1)
    left.set_ylim(rows + 0.1, -0.1)
    left.set_aspect("equal")
    bare(left)
    for line, (title, texts, faces) in enumerate(
        (
            ("data", data, [colors[row] for row in owner]),
            ("indices", indices, [colors[row] for row in owner]),
            ("indptr", [str(end) for end in ends], [*colors, PAPER]),
        )
    ):
        right.text(-0.3, 1.5 * line + 0.5, title, ha="right", va="center", fontsize=10)
        for place, (text, face) in enumerate(zip(texts, faces, strict=True)):
            box(right, place, 1.5 * line, 1, 1, fill=True, facecolor=face, edgecolor=LINE, linewidth=0.8)
            right.text(place + 0.5, 1.5 * line + 0.52, text, ha="center", va="center", fontsize=10)
    right.set_xlim(-2.4, len(data) + 0.2)
    right.set_ylim(4.2, -0.2)
    right.set_aspect("equal")
    bare(right)
    return picture


def density_race(
    densities: Sequence[float], rounds: Sequence[Mapping[str, Sequence[float]]], dense: str, title: str = ""
) -> Picture:
    """Draw the median times of sparse products and of the dense one over the density, with bands for their spread.

    densities : fractions of the weights, from 0 to 1, rising
    rounds : for each density, title -> seconds of each round, as `aics.show.timed` returns them
    dense : title of the dense product
    """
    picture, (axis,) = new_picture(7.5, 3.3, alt="")
    words, percent = [], 100 * np.asarray(densities)
    ways = [*(name for name in rounds[0] if name != dense), dense]
    for name, color, (mark, line) in zip(ways, (ORANGE, GREEN, BLUE), _MARKS, strict=False):
        low, median, high = 1e6 * np.percentile([each[name] for each in rounds], (10, 50, 90), axis=1)
        axis.plot(percent, median, line + mark, color=color, label=name, markersize=5)
        axis.fill_between(percent, low, high, color=color, alpha=0.25, linewidth=0)
        ratios = [np.median(np.divide(each[name], each[dense])) for each in rounds]
        slower = [density for density, ratio in zip(densities, ratios, strict=True) if ratio >= 1]
        if name != dense:
            words.append(_until(name, densities, slower))
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_xticks(percent, [f"{value:g}" for value in percent])
    low, high = axis.get_ylim()
    ticks = [tick for tick in (1, 3, 10, 30, 100, 300, 1000, 3000) if low <= tick <= high]
    axis.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    axis.minorticks_off()
    axis.set_xlabel(tr("% of the weights that are not 0"))
    axis.set_ylabel(tr("microseconds per product"))
    axis.legend(frameon=False, fontsize=9, title=tr("median; band: 10 % to 90 % of the rounds"), title_fontsize=8)
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_title(title, fontsize=10)
    picture.alt = tr(
        "{title} The dense product takes {usual:.0f} microseconds; {ways}.",
        title=title,
        usual=1e6 * np.median([each[dense] for each in rounds]),
        ways=tr("; ").join(words),
    )
    return picture


def _until(name: str, densities: Sequence[float], slower: Sequence[float]) -> str:
    """Say up to which density a sparse product is faster than the dense one."""
    faster = [density for density in densities if not slower or density < min(slower)]
    if not faster:
        return tr("{name} is never faster", name=name)
    return tr("{name} is faster up to {percent:g} % of the weights", name=name, percent=100 * faster[-1])
