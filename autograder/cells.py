"""Prose in a table's cell: Chinese is broken between any two of its characters, and nothing of it is cut off."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.text import Text

from aics.language.columns import columns, wrapped

#: Columns of a terminal below which such a cell is not made narrower.
NARROW = 12


def prose(markup: str) -> RenderableType:
    """Return a cell's text; one with characters that take two columns as a cell that breaks its lines itself.

    Rich breaks lines at spaces alone, and cuts off what is too long. `markup` of such a cell is shown as plain text.
    """
    text = Text.from_markup(markup).plain
    return markup if columns(text) == len(text) else _Wide(text)


class _Wide:
    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._lines:
            yield from map(Text, wrapped(line, options.max_width))

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        widest = max(map(columns, self._lines), default=0)
        return Measurement(min(NARROW, widest), widest)
