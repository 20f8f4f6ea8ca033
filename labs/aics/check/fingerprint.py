"""A few numbers in which all answers to a question's cases leave their mark: what is kept of two mistakes at once.

All outputs would be megabytes. So each is held against what is expected, and four sums are made of it with weights that
are fixed at random. Rounding moves the sums a little, another answer moves at least one of them by more.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aics.check.output import EXACT, Output, kind_of

if TYPE_CHECKING:
    from aics.check.ask import Answer
    from aics.check.judge import Rule

#: How many sums there are.
SUMS = 4
#: How far sums of one answer may be apart: rounding to half precision, in which they are kept, and of the answers.
RTOL, ATOL = 1e-3, 1e-4
#: Entries of an array that count at most, evenly over it: a fingerprint takes no longer for a huge one.
MOST = 100_000
#: What stands for nan and for infinities, of which no sum could be made.
NAN, INFINITE = 5.0, 100.0
#: Arrays up to this size are summed up together, and their weights kept: an answer may be a thousand of them.
SMALL = 256
#: The mean of a byte, and how far bytes spread about it: a weight has mean 0 and is about 1.
MEAN, SPREAD = 127.5, 74
Sums = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class KnownPair:
    """Two known mistakes by their names, and the fingerprint of what a cell with both answers to the public cases.

    Both names are the same where the mistake alone looks so too: of the other one the fingerprint says nothing.
    """

    one: str
    other: str
    fingerprint: NDArray[np.float16]

    def fits(self, sums: NDArray[Any]) -> bool:
        """Whether a fingerprint is this one but for rounding."""
        return bool(np.allclose(self.fingerprint.astype(np.float64), sums, rtol=RTOL, atol=ATOL, equal_nan=True))


def fingerprint(rule: Rule, expected: Sequence[Mapping[str, np.ndarray]], answers: Sequence[Answer]) -> Sums:
    """The fingerprint of the answers to all public cases: `SUMS` numbers, not rounded yet."""
    total = np.zeros(SUMS)
    for case, (wanted, answer) in enumerate(zip(expected, answers, strict=True)):
        marks = list(enumerate(_marks(rule, wanted, answer)))
        if small := [(number, mark) for number, mark in marks if mark.size <= SMALL]:
            sizes = tuple((number, mark.size) for number, mark in small)
            total += _kept_weights(case, sizes) @ np.concatenate([mark for _, mark in small])
        for number, mark in marks:
            if mark.size > SMALL:
                total += _sums(mark, (case, number))
    return total


def _marks(rule: Rule, wanted: Mapping[str, np.ndarray], answer: Answer) -> Iterator[NDArray[Any]]:
    """What one answer leaves in the sums: a number for all that is the same or not, and the arrays' errors."""
    if answer.values is None:
        yield _number(answer.outcome, answer.raised.told if answer.raised else "")
        return
    for name, got in sorted(answer.values.items()):
        expected = np.asarray(wanted[name]) if name in wanted else np.zeros(got.shape)
        spec = rule.output(name) if name in wanted else None
        fits = spec.fits(got.dtype, expected.dtype) if spec else kind_of(got.dtype)
        yield _number(name, got.shape, fits)
        yield _number(got.dtype.kind, zlib.crc32(got.tobytes())) if _exact(spec, got) else _errors(got, expected)


def _exact(spec: Output | None, got: NDArray[Any]) -> bool:
    """Whether an output is integers or truth values of which each counts."""
    return got.dtype.kind in "biu" and (spec is None or spec.tolerance == EXACT)


def _errors(got: NDArray[Any], expected: NDArray[Any]) -> NDArray[Any]:
    """Errors in units of the largest expected value, large ones shortened; the values where the shape is another."""
    largest = float(np.abs(expected[np.isfinite(expected)]).max(initial=0.0)) or 1.0
    some = _some(np.abs(got) if got.dtype.kind == "c" else got)
    with np.errstate(invalid="ignore", over="ignore"):
        errors = (some - _some(expected) if got.shape == expected.shape else some) / largest
    short = np.sign(errors) * np.log1p(np.abs(errors))
    whole: NDArray[Any] = np.nan_to_num(short, nan=NAN, posinf=INFINITE, neginf=-INFINITE)
    return whole


def _some(array: NDArray[Any]) -> NDArray[np.float64]:
    """At most `MOST` entries, evenly over an array."""
    return array.ravel()[:: -(-array.size // MOST) or 1].astype(np.float64)


def _number(*what: object) -> NDArray[Any]:
    """A number from 0 to 1 that stands for this, and hardly for anything else."""
    return np.array([zlib.crc32(repr(what).encode()) / 2**32])


def _sums(mark: NDArray[Any], place: tuple[int, int]) -> Sums:
    """Weighted sums of an array, whose weights follow from its place and size; PCG64's bits are the same for ever."""
    sums: Sums = (_weights(*place, mark.size) @ mark - MEAN * mark.sum()) / (SPREAD * np.sqrt(mark.size))
    return sums


def _weights(case: int, number: int, size: int) -> NDArray[np.uint8]:
    """`SUMS` rows of bytes."""
    words = np.random.PCG64([case, number, size]).random_raw(-(-SUMS * size // 8))
    return words.astype("<u8").view(np.uint8)[: SUMS * size].reshape(SUMS, size)


@lru_cache(maxsize=128)
def _kept_weights(case: int, sizes: tuple[tuple[int, int], ...]) -> NDArray[np.float64]:
    """The weights of a case's arrays, by number and size, side by side, as `_sums` has them: without mean, scaled."""
    each = [(_weights(case, number, size) - MEAN) / (SPREAD * np.sqrt(max(size, 1))) for number, size in sizes]
    return np.hstack(each)
