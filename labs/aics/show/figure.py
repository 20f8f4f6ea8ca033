"""The paper and pens of every picture: a figure that carries alt text, a palette, number grids."""

from __future__ import annotations

import base64
import html
import io
from functools import cache

import numpy as np

# Okabe and Ito's palette: told apart with every common kind of colour blindness.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, RED, YELLOW, INK = "#56B4E9", "#D55E00", "#F0E442", "#222222"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED)
PALE = "#E8E8E8"


@cache
def _picture_class() -> type:
    """Define the figure class at first use, since its base is Matplotlib's."""
    from matplotlib.figure import Figure

    class Picture(Figure):
        """A Matplotlib figure that shows itself in a notebook with its alt text."""

        alt = ""

        def png(self) -> bytes:
            """Draw the figure as PNG bytes."""
            buffer = io.BytesIO()
            self.savefig(buffer, format="png", dpi=144)
            return buffer.getvalue()

        def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
            width = round(self.get_figwidth() * 80)
            source = base64.b64encode(self.png()).decode("ascii")
            image = f'<img alt="{html.escape(self.alt)}" width="{width}" src="data:image/png;base64,{source}">'
            return {"text/html": image, "text/plain": self.alt}

    return Picture


def new_picture(width: float, height: float, *, alt: str, rows: int = 1, columns: int = 1, **subplots):
    """Give an empty figure of `width` x `height` inches and its axes, a flat list.

    alt : what the picture says, for who cannot see it. `subplots` goes to Figure.subplots.
    """
    picture = _picture_class()(figsize=(width, height), layout="constrained")
    picture.alt = alt
    axes = picture.subplots(rows, columns, squeeze=False, **subplots)
    return picture, list(axes.ravel())


def box(axis, left: float, top: float, width: float, height: float, **style) -> None:
    """Draw a rectangle from its top left corner; rows grow downwards."""
    from matplotlib.patches import Rectangle

    axis.add_patch(Rectangle((left, top), width, height, **{"fill": False, "linewidth": 2, **style}))


def bare(axis, title: str = "") -> None:
    """Take ticks and frame away, and set the title."""
    axis.set_xticks([])
    axis.set_yticks([])
    axis.set_frame_on(False)
    axis.set_title(title, fontsize=10)


def number_grid(axis, values: np.ndarray, *, title: str = "", fills=None, size: float = 10) -> None:
    """Draw a table of numbers as unit squares, row 0 on top.

    values : (R, C) array; nan stays empty. fills : (R, C) nested list of colours, optional
    """
    rows, columns = np.shape(values)
    for r in range(rows):
        for c in range(columns):
            color = fills[r][c] if fills is not None else "white"
            box(axis, c, r, 1, 1, fill=True, facecolor=color, edgecolor="#888888", linewidth=0.8)
            if np.isfinite(values[r][c]):
                text = f"{values[r][c]:g}"
                axis.text(c + 0.5, r + 0.52, text, ha="center", va="center", fontsize=size, color=INK)
    axis.set_xlim(-0.2, columns + 0.2)
    axis.set_ylim(rows + 0.2, -0.2)
    axis.set_aspect("equal")
    bare(axis, title)


def gray_image(axis, values: np.ndarray, *, title: str = "", signed: bool = False) -> None:
    """Draw a (H, W) array as a picture; signed values from purple (minus) over white to green (plus)."""
    if signed:
        reach = float(np.max(np.abs(values))) or 1.0
        axis.imshow(values, cmap="PRGn", vmin=-reach, vmax=reach, interpolation="nearest")
    else:
        axis.imshow(values, cmap="gray", interpolation="nearest")
    bare(axis, title)
