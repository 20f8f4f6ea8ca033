"""What all pictures are drawn with: a new figure, the palette, rectangles, number grids, gray images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from aics.card.theme import DRAWN_INK, DRAWN_PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import ColorType

    from aics.show.picture import Picture

# Okabe and Ito's palette: told apart with every common kind of colour blindness.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, RED, YELLOW = "#56B4E9", "#D55E00", "#F0E442"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED)
# What a page shows in its theme's own colours: ink and paper, and thinner ink for side remarks, lines and areas.
INK, PAPER = DRAWN_INK, DRAWN_PAPER
MUTED, LINE, FAINT, PALE = INK + "C0", INK + "80", INK + "40", INK + "1A"


def new_picture(
    width: float,
    height: float,
    *,
    alt: str,
    rows: int = 1,
    columns: int = 1,
    width_ratios: Sequence[float] | None = None,
    height_ratios: Sequence[float] | None = None,
    sharex: bool | Literal["row"] = False,
    sharey: bool = False,
) -> tuple[Picture, list[Axes]]:
    """Return an empty figure and its axes, row after row in one list.

    Parameters
    ----------
    width, height : float
        Inches.
    alt : str
        What the picture says, for those who cannot see it.
    rows, columns : int
        How many axes there are.
    width_ratios, height_ratios : sequence of float, optional
        Relative sizes of the columns and of the rows.
    sharex, sharey : bool, or "row"
        Whether all axes, or those of one row, have the same limits.
    """
    from aics.show.picture import Picture

    picture = Picture(figsize=(width, height), layout="constrained", facecolor=PAPER)
    picture.alt = alt
    axes = picture.subplots(
        rows,
        columns,
        sharex=sharex,
        sharey=sharey,
        squeeze=False,
        width_ratios=width_ratios,
        height_ratios=height_ratios,
        subplot_kw={"facecolor": "none"},
    )
    return picture, list(axes.ravel())


def box(axis: Axes, left: float, top: float, width: float, height: float, **style: Any) -> None:
    """Draw a rectangle from its top left corner, on axes whose y grows downwards.

    style : what Matplotlib's Rectangle takes; without it, a line of width 2 and no fill
    """
    from matplotlib.patches import Rectangle

    axis.add_patch(Rectangle((left, top), width, height, **{"fill": False, "linewidth": 2, **style}))


def bare(axis: Axes, title: str = "") -> None:
    """Remove ticks and frame, and set the title."""
    axis.set_xticks([])
    axis.set_yticks([])
    axis.set_frame_on(False)
    axis.set_title(title, fontsize=10)


def number_grid(
    axis: Axes,
    values: np.ndarray,
    *,
    title: str = "",
    fills: Sequence[Sequence[ColorType]] | None = None,
    size: float = 10,
) -> None:
    """Draw a table of numbers as unit squares, row 0 on top.

    values : (R, C) array; a cell with nan stays empty
    fills : a colour for each of R x C cells; paper if not given
    size : of the numbers, in points
    """
    rows, columns = np.shape(values)
    for r in range(rows):
        for c in range(columns):
            color = fills[r][c] if fills is not None else PAPER
            box(axis, c, r, 1, 1, fill=True, facecolor=color, edgecolor=LINE, linewidth=0.8)
            if np.isfinite(values[r][c]):
                text = f"{values[r][c]:g}"
                axis.text(c + 0.5, r + 0.52, text, ha="center", va="center", fontsize=size, color=INK)
    axis.set_xlim(-0.2, columns + 0.2)
    axis.set_ylim(rows + 0.2, -0.2)
    axis.set_aspect("equal")
    bare(axis, title)


def gray_image(axis: Axes, values: np.ndarray, *, title: str = "", signed: bool = False) -> None:
    """Draw an array as a gray picture; if `signed`, in purple (negative), white (zero) and green (positive).

    values : (H, W) array
    """
    if signed:
        reach = float(np.max(np.abs(values))) or 1.0
        axis.imshow(values, cmap="PRGn", vmin=-reach, vmax=reach, interpolation="nearest")
    else:
        axis.imshow(values, cmap="gray", interpolation="nearest")
    bare(axis, title)
