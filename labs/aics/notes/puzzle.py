"""A puzzle: lines that are wrong, what tries them, and what is to be learned from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One thing that was run.

    Parameters
    ----------
    what : str
        What it is, in words.
    got, wanted : number, or sequence of numbers
        What the student's lines give, and what they should.
    """

    what: str
    got: Any
    wanted: Any

    @property
    def holds(self) -> bool:
        """Whether it is what it should be, to four digits."""
        got, wanted = np.asarray(self.got), np.asarray(self.wanted)
        if got.shape != wanted.shape or got.dtype.kind not in "fiub":
            return False
        return bool(np.isclose(got.astype(np.float64), wanted.astype(np.float64), rtol=1e-4, atol=1e-6).all())


@dataclass(frozen=True, kw_only=True)
class Puzzle:
    """A few lines of notes with an error in them.

    Parameters
    ----------
    tried_by : callable
        ``tried_by(mended) -> sequence of Tried``: runs what the student has made of the lines. It may raise whatever
        they raise.
    moral : str
        What the error costs, and whom it has cost it; told once the lines are right. A `noted` sentence.
    """

    tried_by: Callable[[Any], Sequence[Tried]]
    moral: str
