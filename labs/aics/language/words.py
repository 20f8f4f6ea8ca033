"""How a sentence is said: looked up in the language spoken, then its values filled in."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from gettext import NullTranslations
from typing import Any

from aics.language.catalogue import catalogue, room_of
from aics.language.spoken import ENGLISH, language


def tr(message: str, **values: object) -> str:
    """Return an English message in the language spoken, with `values` in its ``{places}``, if any are given.

    The message is written out where it is said, since ``autograder translate`` collects it from there: no f-string, no
    name, no sentence put together from parts. `noted` is for one that is only a constant there.
    """
    spoken = language()
    said = message if spoken == ENGLISH or not message else _catalogue(spoken).gettext(message)
    return said.format(**values) if values else said


def plural(one: str, many: str, count: float, **values: object) -> str:
    """Return the message that goes with `count`, which is the value ``{count}`` too: ``plural("1 case", ...)``."""
    spoken = language()
    whole = math.ceil(count)  # catalogues know forms for whole numbers: 1.5 days are as many as 2
    if spoken == ENGLISH:
        said = one if count == 1 else many
    else:
        said = _catalogue(spoken).ngettext(one, many, whole)
    return said.format(count=count, **values)


def _catalogue(spoken: str) -> NullTranslations:
    """The messages as the module that says one finds them: of two labs that say the same, each has its own words."""
    module = str(sys._getframe(2).f_globals.get("__name__", ""))
    return catalogue(spoken, room_of(module, spoken))


def noted(message: str) -> str:
    """Return the message as it is, for the catalogue to collect: whoever shows this constant says ``tr(constant)``."""
    return message


def words(table: Mapping[str, str]) -> Callable[..., str]:
    """Return ``say(key, **values)`` for a room's table of English messages: the sentence in the language spoken.

    Where the table has ``key.one`` beside a ``key`` that says ``{count}``, this number decides which of them is said.
    """

    def say(key: str, **values: Any) -> str:
        """Return the sentence for `key`, with its values filled in."""
        if "count" in values and f"{key}.one" in table:
            return plural(table[f"{key}.one"], table[key], **values)
        return tr(table[key]).format(**values)

    return say
