"""The language that a reader's browser asks for, of those that there are."""

from __future__ import annotations

import os

from aics.language.catalogue import languages
from aics.language.spoken import VARIABLE, language, short


def preferred(accepted: str) -> str:
    """Return the language that comes first in an ``Accept-Language`` header and is there; "" if none is.

    >>> preferred("fr, zh-CN;q=0.8, en;q=0.5")
    'zh'
    """
    wanted = [entry.partition(";") for entry in accepted.split(",")]
    ranked = sorted(wanted, key=lambda entry: -_weight(entry[2]))  # stable: equal ones stay in their order
    names = (short(name) for name, _, weight in ranked if _weight(weight) > 0)
    return next((name for name in names if name in languages()), "")


def language_for(accepted: str) -> str:
    """Return the language of a live page whose browser sent this header: what its server was told comes first."""
    return short(os.environ.get(VARIABLE, "")) or preferred(accepted) or language()


def _weight(parameters: str) -> float:
    """The ``q`` of an entry, 0 to 1; 1 where none is given or it is no number."""
    key, _, value = parameters.replace(" ", "").partition("=")
    try:
        return float(value) if key == "q" else 1.0
    except ValueError:
        return 1.0
