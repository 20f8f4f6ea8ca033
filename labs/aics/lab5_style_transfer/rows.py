"""Names and remarks in a row, as a sentence has them in the language spoken."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from aics.language import tr


def listed(names: Iterable[object]) -> str:
    """Return names in a row, ``relu1_1, relu2_1``; "" where there are none."""
    every = [str(name) for name in names]
    return reduce(lambda first, then: tr("{first}, {then}", first=first, then=then), every) if every else ""


def remarks(said: Iterable[str]) -> str:
    """Return remarks in a row, ``one; another``; "" where there are none."""
    every = list(said)
    return reduce(lambda first, then: tr("{first}; {then}", first=first, then=then), every) if every else ""
