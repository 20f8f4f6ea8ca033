"""Which of a figure's colours are ink and paper, so that they can follow the theme of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.text import Text

from aics.show.figure import FAINT, INK, PAPER

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

#: The ink of text on a colour that is light in every theme. It differs from INK, so that it stays as it is.
ON_LIGHT = "#212121"
#: A dark theme's paper, as a level of gray in [0, 1]; from which level on a backdrop calls for dark text.
_DARK, _LIGHT = 0.07, 0.45
#: Matplotlib's own black, and its gray of grids.
_OWN = {"#000000": INK, "#b0b0b0": FAINT}
#: Pixels to an inch of the drawing in which backdrops are looked up.
_COARSE = 36


def settle_inks(picture: Figure) -> None:
    """Give a figure's text, ticks, frames and legends ink and paper; text on light colours keeps a dark ink."""
    for artist in picture.findobj():
        _give_ink(artist)
    for text, level in _backdrops(picture):
        if level > _LIGHT:
            text.set_color(ON_LIGHT)


def _give_ink(artist: Artist) -> None:
    """Replace Matplotlib's own black and gray by ink, and a legend's own white by paper."""
    if isinstance(artist, Text | Line2D) and to_hex(artist.get_color()) in _OWN:
        artist.set_color(_OWN[to_hex(artist.get_color())])
    if isinstance(artist, Line2D) and to_hex(artist.get_markeredgecolor()) in _OWN:
        artist.set_markeredgecolor(INK)
    if isinstance(artist, Spine) and to_hex(artist.get_edgecolor()) in _OWN:
        artist.set_edgecolor(INK)
    if isinstance(artist, Legend):
        artist.get_frame().set(facecolor=PAPER, edgecolor=FAINT)


def _backdrops(picture: Figure) -> list[tuple[Text, float]]:
    """Each text in ink, with the gray level of what it stands on when the paper is dark."""
    texts = [t for t in picture.findobj(Text) if t.get_text().strip() and to_hex(t.get_color()) == INK]
    papers = [p for p in picture.findobj(Patch) if to_hex(p.get_facecolor()) == PAPER]
    dpi, picture.dpi = picture.dpi, _COARSE
    for patch in papers:
        patch.set_facecolor(str(_DARK))
    levels = _levels(picture)
    found = [(text, _level(levels, np.asarray(text.get_window_extent().extents))) for text in texts]
    for patch in papers:
        patch.set_facecolor(PAPER)
    picture.dpi = dpi
    return found


def _levels(picture: Figure) -> np.ndarray:
    """The figure drawn, as an array of gray levels."""
    canvas: Any = FigureCanvasAgg(picture)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba(), np.float32) / 255
    levels: np.ndarray = pixels[..., :3] @ np.array((0.299, 0.587, 0.114), np.float32)
    return levels


def _level(levels: np.ndarray, extents: np.ndarray) -> float:
    """The level that most pixels of a rectangle have, which is given from the bottom left of the figure."""
    left, bottom, right, top = extents
    high = len(levels)
    rows = slice(max(int(high - top), 0), max(int(np.ceil(high - bottom)), 0))
    columns = slice(max(int(left), 0), max(int(np.ceil(right)), 0))
    window = levels[rows, columns]
    return float(np.median(window)) if window.size else _DARK
