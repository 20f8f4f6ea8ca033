"""Sentences after one another: a space stands between English ones, nothing between Chinese ones."""

from __future__ import annotations

from functools import reduce

from aics.language import tr


def sentences(*said: str) -> str:
    """Return whole sentences after one another; empty ones are left out."""
    every = [each for each in said if each]
    return reduce(lambda first, then: tr("{first} {then}", first=first, then=then), every) if every else ""
