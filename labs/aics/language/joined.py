"""Names in a row, and sentences after one another: what stands between them is the language's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from aics.language.words import tr


def listed(names: Iterable[object]) -> str:
    """Return names in a row, ``relu, softmax``; "" where there are none."""
    every = [str(name) for name in names]
    return reduce(lambda first, then: tr("{first}, {then}", first=first, then=then), every) if every else ""


def sentences(*said: str) -> str:
    """Return whole sentences after one another; empty ones are left out."""
    every = [each for each in said if each]
    return reduce(lambda first, then: tr("{first} {then}", first=first, then=then), every) if every else ""
