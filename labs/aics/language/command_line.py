"""The help of a command in the language spoken: argparse's own words, and lines as wide as a terminal's columns."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from aics.language.columns import wrapped
from aics.language.words import noted, tr

_USAGE, _HELP = noted("usage: "), noted("show this help message and exit")
_TITLES = noted("positional arguments"), noted("options")


class _Lines(argparse.HelpFormatter):
    """Breaks lines by columns: a Chinese character takes two, and no space stands between words."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, tr(_USAGE) if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)


class Paragraph(_Lines):
    """A description as one paragraph."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(wrapped(text, width, first=indent, indent=indent))


class AsWritten(_Lines, argparse.RawDescriptionHelpFormatter):
    """A description, and what follows the options, in the lines in which they are written."""


class Parser(argparse.ArgumentParser):
    """A parser whose help is in the language spoken when it is made; so are those of its commands."""

    def __init__(self, *, formatter_class: type[argparse.HelpFormatter] = Paragraph, **settings: Any) -> None:
        """Take what `argparse.ArgumentParser` takes."""
        super().__init__(formatter_class=formatter_class, **settings)
        self._positionals.title, self._optionals.title = map(tr, _TITLES)
        for action in self._actions:
            if isinstance(action, argparse._HelpAction):
                action.help = tr(_HELP)
