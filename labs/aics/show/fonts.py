"""The fonts of a figure: Matplotlib's own has no Chinese characters, ours has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from matplotlib import rc_context, rcParams
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

from aics.language import language
from aics.language.font import FAMILY, HAN, has_own_font

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: From line to line, in heights of a Latin letter: Chinese ones are higher and would touch at Matplotlib's 1.2.
_LINES = 1.5


@contextmanager
def letters(figure: Figure) -> Iterator[None]:
    """Meanwhile a figure's text, also what it gets while it is drawn, finds each character in one of two fonts.

    A picture in Chinese is written in ours. One in any other language is as Matplotlib makes it, and only a character
    that its own font lacks, such as those of a student's Chinese title, comes from ours.
    """
    before, ours = list(rcParams["font.family"]), has_own_font(language())
    families = _families(before, first=ours)
    for text in figure.findobj(Text):
        if list(text.get_fontfamily()) == before:
            text.set_fontfamily(families)
        if ours:
            text.set_linespacing(_LINES)
    with rc_context({"font.family": families}):
        yield


def _families(others: list[str], *, first: bool) -> list[str]:
    """A figure's fonts, with ours before them or behind them."""
    _known()
    rest = [name for name in others if name != FAMILY]
    return [FAMILY, *rest] if first else [*rest, FAMILY]


@cache
def _known() -> None:
    """Tell Matplotlib of our font, once; its list of the computer's fonts stays as it is."""
    fontManager.addfont(HAN)
