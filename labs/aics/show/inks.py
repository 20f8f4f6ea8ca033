"""Which of a figure's colours are ink and paper, which follow the theme of a page; text that can be read on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine
from matplotlib.text import Text

from aics.card.theme import WORD_COLOUR, word_ink
from aics.show.figure import FAINT, INK, PALETTE, PAPER, YELLOW

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.typing import ColorType

#: Inks of text on what has the same colour in every theme: one of them can be read on any. They differ from INK and
#: PAPER, so that they stay.
ON_LIGHT, ON_DARK = "#010101", "#ffffff"
#: WCAG 2's least contrast of text.
ENOUGH = 4.5
#: Paper and ink of a light and of a dark page.
_PAGES = ((PAPER, INK), ("#121212", "#ffffff"))
#: Matplotlib's own black, and its gray of grids.
_OWN = {"#000000": INK, "#b0b0b0": FAINT}
#: Pixels to an inch of the drawing in which the grounds of text are looked up.
_COARSE = 36


def _beside(colour: str) -> str:
    """The next colour, which nothing else in a drawing has."""
    return f"#{int(colour[1:], 16) + 1:06x}"


_WORDS = {to_hex(colour): _beside(colour) for colour in (*PALETTE, YELLOW)}
_COLOURS = {_beside(colour): colour for colour in (*PALETTE, YELLOW)}
#: What stands for the ink of words in a colour, until it is written for a page.
WORD_INKS = {drawn: word_ink(colour) for drawn, colour in _COLOURS.items()}


def settle_inks(picture: Figure) -> None:
    """Give a figure's text, ticks, frames and legends ink and paper; text gets an ink that can be read where it stands.

    A word in one of the palette's colours is written in that colour mixed with ink.
    """
    for artist in picture.findobj():
        _give_ink(artist)
    texts = [text for text in picture.findobj(Text) if text.get_visible() and text.get_text().strip()]
    for text, *grounds in zip(texts, *_grounds(picture, texts), strict=True):
        text.set_color(_readable(text.get_color(), grounds))


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


def _readable(colour: ColorType, grounds: Sequence[float]) -> ColorType:
    """The first ink, from a text's own on, that can be read on its ground on a light and on a dark page."""
    own = _WORDS.get(to_hex(colour), colour)
    inks: list[ColorType] = [own, INK, ON_LIGHT, ON_DARK]
    ratios = [min(map(contrast, _luminances(ink), grounds)) for ink in inks]
    enough = [ink for ink, ratio in zip(inks, ratios, strict=True) if ratio >= ENOUGH]
    return enough[0] if enough else inks[int(np.argmax(ratios))]


def contrast(one: float, other: float) -> float:
    """Return WCAG 2's contrast of two relative luminances, 1 to 21."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def luminance(colours: np.ndarray) -> np.ndarray:
    """Return WCAG 2's relative luminance, 0 to 1.

    colours : (..., 3), red, green and blue from 0 to 1  ->  (...)
    """
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    found: np.ndarray = linear @ np.array((0.2126, 0.7152, 0.0722))
    return found


def _luminances(ink: ColorType) -> list[float]:
    """An ink's luminance on a light and on a dark page."""
    found, drawn = [], to_hex(ink)
    for _, page in _PAGES:
        seen = np.array(to_rgb(page if drawn == INK else ink))
        if drawn in _COLOURS:
            seen = WORD_COLOUR * seen + (1 - WORD_COLOUR) * np.array(to_rgb(page))
        found.append(float(luminance(seen)))
    return found


def _grounds(picture: Figure, texts: Sequence[Text]) -> list[list[float]]:
    """The luminance of what each text stands on, on a light page and on a dark one."""
    dpi, picture.dpi = picture.dpi, _COARSE
    found = []
    for paper, ink in _PAGES:
        with _printed(picture, texts, {PAPER: paper, INK: ink}):
            drawn = _drawn(picture)
        boxes = (text.get_window_extent() for text in texts)  # axes have settled where they stand once they are drawn
        found.append(
            [_ground(drawn, np.asarray(box.extents), float(luminance(np.array(to_rgb(paper))))) for box in boxes]
        )
    picture.dpi = dpi
    return found


@contextmanager
def _printed(picture: Figure, texts: Sequence[Text], colours: dict[str, str]) -> Iterator[None]:
    """Meanwhile the figure has no text, and its areas have a page's ink and paper."""
    patches = [*picture.findobj(Patch), *filter(None, (text.get_bbox_patch() for text in texts))]
    areas = [patch for patch in patches if to_hex(patch.get_facecolor()) in colours]
    before = [to_rgba(patch.get_facecolor()) for patch in areas]
    alphas = [text.get_alpha() for text in texts]
    for text in texts:
        text.set_alpha(0)
    for patch, colour in zip(areas, before, strict=True):
        patch.set_facecolor(to_rgba(colours[to_hex(colour)], colour[3]))
    yield
    for text, alpha in zip(texts, alphas, strict=True):
        text.set_alpha(alpha)
    for patch, colour in zip(areas, before, strict=True):
        patch.set_facecolor(colour)


def _drawn(picture: Figure) -> np.ndarray:
    """The figure drawn, as an array of luminances."""
    canvas: Any = FigureCanvasAgg(picture)
    canvas.draw()
    return luminance(np.asarray(canvas.buffer_rgba(), np.float32)[..., :3] / 255)


def _ground(drawn: np.ndarray, extents: np.ndarray, outside: float) -> float:
    """The luminance that most pixels of a rectangle have, which is given from the bottom left of the figure."""
    left, bottom, right, top = extents
    high = len(drawn)
    rows = slice(max(int(high - top), 0), max(int(np.ceil(high - bottom)), 0))
    columns = slice(max(int(left), 0), max(int(np.ceil(right)), 0))
    window = drawn[rows, columns]
    return float(np.median(window)) if window.size else outside
