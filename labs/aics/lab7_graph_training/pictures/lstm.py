"""Pictures of the LSTM: one step as a circuit, and a digit that is read row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aics.language import noted, tr
from aics.show.figure import BLUE, GREEN, INK, LINE, ORANGE, PAPER, PURPLE, bare, box, gray_image, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture

#: The gates: letter, what bends it, where it stands, its colour, what it does.
_GATES = (
    ("f", "σ, +1", 2.0, ORANGE, noted("forget?")),
    ("i", "σ", 3.6, BLUE, noted("take in?")),
    ("g", "tanh", 5.2, GREEN, noted("what is new")),
    ("o", "σ", 7.4, PURPLE, noted("show?")),
)
_CELL, _STATE, _LINE = 0.7, 3.6, {"arrowstyle": "-|>", "color": INK, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}


def lstm_cell() -> Picture:
    """Draw one step: the cell runs along the top, four parts of one product act on it."""
    alt = tr(
        "One step of an LSTM. The cell c runs straight along the top: it is multiplied by the forget gate f, then i "
        "times g is added, and it leaves as the new c. Below, x and h side by side go through one matrix, whose "
        "product has four parts: i, f, g and o. The new c goes through tanh, is multiplied by the output gate o, and "
        "leaves as the new h."
    )
    picture, (axis,) = new_picture(9, 3.9, alt=alt)
    _arrow(axis, (0.2, _CELL), (10.2, _CELL), width=2.6)
    for letter, bend, x, color, does in _GATES:
        box(axis, x - 0.55, 2.35, 1.1, 0.62, fill=True, facecolor=color + "55", edgecolor=LINE, linewidth=1)
        axis.text(x, 2.66, f"{letter}:  {bend}", ha="center", va="center", fontsize=10)
        axis.text(x, 3.12, tr(does), ha="center", va="center", fontsize=8)
        _arrow(axis, (x, _STATE), (x, 3.26))
    _arrow(axis, (0.2, _STATE), (7.4, _STATE), head=False)
    axis.text(0.1, _STATE, "[x, h]", ha="right", va="center", fontsize=11)
    axis.text(3.0, _STATE + 0.32, tr("times one matrix, plus one bias"), ha="center", va="center", fontsize=9)
    _arrow(axis, (2.0, 2.35), (2.0, _CELL + 0.24))
    _node(axis, 2.0, _CELL, "×")
    _arrow(axis, (3.6, 2.35), (4.17, 1.82))
    _arrow(axis, (5.2, 2.35), (4.63, 1.82))
    _node(axis, 4.4, 1.6, "×")
    _arrow(axis, (4.4, 1.36), (4.4, _CELL + 0.24))
    _node(axis, 4.4, _CELL, "+")
    _arrow(axis, (8.8, _CELL), (8.8, 2.42))
    axis.text(8.95, 1.5, "tanh", ha="left", va="center", fontsize=10)
    _arrow(axis, (7.95, 2.66), (8.56, 2.66))
    _node(axis, 8.8, 2.66, "×")
    _arrow(axis, (9.04, 2.66), (10.2, 2.66))
    for x, y, text, side in ((0.1, _CELL, "c", "right"), (10.3, _CELL, "c′", "left"), (10.3, 2.66, "h′", "left")):
        axis.text(x, y, text, ha=side, va="center", fontsize=12)
    axis.set_xlim(-0.9, 10.9)
    axis.set_ylim(4.2, 0.2)
    axis.set_aspect("equal")
    bare(axis)
    return picture


def _arrow(
    axis: Axes, start: tuple[float, float], end: tuple[float, float], *, width: float = 1.3, head: bool = True
) -> None:
    style: dict[str, Any] = _LINE | {"linewidth": width} | ({} if head else {"arrowstyle": "-"})
    axis.annotate("", end, start, arrowprops=style)


def _node(axis: Axes, x: float, y: float, text: str) -> None:
    from matplotlib.patches import Circle

    axis.add_patch(Circle((x, y), 0.24, facecolor=PAPER, edgecolor=INK, linewidth=1.2, zorder=3))
    axis.text(x, y, text, ha="center", va="center", fontsize=11, zorder=4)


def rows_read(digit: NDArray[Any], states: NDArray[Any], guesses: NDArray[Any]) -> Picture:
    """Draw a digit beside what a network holds, and would answer, after each of its rows.

    digit : (H, W); states : (H, units), from -1 to 1; guesses : (H, 10) probabilities
    """
    best = np.argmax(guesses, axis=1)
    settled = len(best) - int(np.argmax(np.append(best[::-1] != best[-1], True)))
    said = {"rows": len(best), "last": best[-1], "row": settled + 1, "share": float(guesses[-1, best[-1]])}
    alt = tr(
        "A digit of {rows} rows, the hidden state after each row, and the probability of each answer. The network "
        "answers {last} from row {row} on, at the end with {share:.0%}.",
        **said,
    )
    picture, axes = new_picture(10, 3.7, alt=alt, columns=3, width_ratios=(1, 1.7, 0.8))
    gray_image(axes[0], digit, title=tr("the digit"))
    axes[1].imshow(states, cmap="PRGn", vmin=-1, vmax=1, aspect="auto", interpolation="nearest")
    axes[2].imshow(guesses, cmap="Blues", vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    for axis, title in zip(axes[1:], (tr("hidden state, unit by unit"), tr("the answer so far")), strict=True):
        axis.set_title(title, fontsize=10)
        axis.tick_params(labelsize=8)
        axis.axhline(settled - 0.5, color=ORANGE, linewidth=1.5, linestyle="--")
    axes[0].axhline(settled - 0.5, color=ORANGE, linewidth=1.5, linestyle="--")
    axes[1].set_ylabel(tr("row"))
    axes[2].set_xticks(range(guesses.shape[1]))
    return picture
