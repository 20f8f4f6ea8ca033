"""What one output of a question must be: its kind of numbers, how close they must come, and how a person reads it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.rules import Tolerance
from aics.language import tr

#: Significant digits kept of what a known mistake answers: fewer than computed, so that the last bits of
#: another machine make the same file.
KEPT_DIGITS = 6

EXACT = Tolerance(rtol=0, atol=0, reason="Counts, whole numbers and truth values are right or wrong.")


@dataclass(frozen=True, kw_only=True)
class Output:
    """The specification of one output, or of several whose names follow a pattern.

    Parameters
    ----------
    name : str
        The output's name, such as ``d_weight``, or a shell pattern: ``* weight`` for every weight, ``*`` for all.
    dtype : str
        ``floating`` (float32 or float64; half precision is too coarse), ``integer`` (of any size), one NumPy dtype
        (``float16``, ``float32``, ``float64``, ``int8``, ``uint8``, ``bool``), or ``as expected``: the kind of the
        expected array, where a case decides.
    tolerance : Tolerance
        How close is right, and why.
    finite : bool
        Whether the answer must be finite. Where it need not be, infinities count by their sign and nan equals nan.
    reads : str
        What the output is, in the words of a person who looks at a card: "the gradient of the loss with respect
        to the weight"; may be empty where the name says it.
    axes : tuple of int
        Other numbers of axes that are right too, where only leading axes of size 1 are missing or added: for an
        output whose shape no later code minds.
    kinds : tuple of str
        Other kinds of numbers in which right values are right too: for an output whose dtype no later code minds.
    """

    name: str = "*"
    dtype: str = "floating"
    tolerance: Tolerance
    finite: bool = True
    reads: str = ""
    axes: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()

    def covers(self, name: str) -> bool:
        """Whether this is the specification of the output called `name`."""
        return name == self.name or fnmatchcase(name, self.name)

    def wants(self, expected: np.dtype) -> str:
        """The kind of numbers that an answer must hold where the expected array is of this dtype."""
        return kind_of(expected) if self.dtype == "as expected" else self.dtype

    def fits(self, dtype: np.dtype, expected: np.dtype) -> bool:
        """Whether an answer of this dtype is of the right kind."""
        return _is_of_kind(dtype, self.wants(expected))

    def takes_shape(self, shape: tuple[int, ...], expected: tuple[int, ...]) -> bool:
        """Whether an answer of this shape is right where its numbers are."""
        return shape == expected or (len(shape) in self.axes and _without_ones(shape) == _without_ones(expected))

    def takes_kind(self, got: NDArray[Any], expected: NDArray[Any]) -> bool:
        """Whether these numbers may be of this kind: of the right one, or right in another that does no harm.

        Whole numbers in place of floats never do: 1 is 1.0.
        """
        if self.fits(got.dtype, expected.dtype):
            return True
        harmless = (*self.kinds, *(["integer"] if self.wants(expected.dtype) == "floating" else []))
        return any(_is_of_kind(got.dtype, kind) for kind in harmless) and not self.wrong(got, expected).any()

    def allowed(self, expected: NDArray[Any]) -> float:
        """The largest error that still counts as right for this expected array, in its own unit; nan with a factor."""
        return self.tolerance.allowed(expected[np.isfinite(expected)])

    def wrong(self, got: NDArray[Any], expected: NDArray[Any]) -> NDArray[np.bool_]:
        """Where `got` is not what was expected; both are of one shape."""
        return self._apart(got, expected)

    def holds(self, got: NDArray[Any], expected: NDArray[Any]) -> bool:
        """Whether an answer is right: its shape, its kind of numbers, finite where it must be, and its values."""
        if not self.takes_shape(got.shape, expected.shape):
            return False
        got = got.reshape(expected.shape)
        if not self.takes_kind(got, expected) or (self.finite and not np.isfinite(got).all()):
            return False
        return not self.wrong(got, expected).any()

    def alike(self, answer: NDArray[Any], known: NDArray[Any]) -> bool:
        """Whether an answer is the one that a known mistake gives, of whose floats `KEPT_DIGITS` are kept."""
        if answer.shape != known.shape or not self._comparable(answer.dtype, known.dtype):
            return False
        room = 10.0 ** (1 - KEPT_DIGITS) * _largest(known) if known.dtype.kind == "f" else 0.0
        return not self._apart(answer, known, room).any()

    def _comparable(self, answer: np.dtype, known: np.dtype) -> bool:
        """Whether numbers of two dtypes can be one answer: of one family, and both of the right kind or both not."""
        if answer == known:
            return True
        right = self.fits(known, known)
        return _family(answer) == _family(known) and self.fits(answer, known) == right and (right or known.kind != "f")

    def _apart(self, one: NDArray[Any], other: NDArray[Any], room: float = 0.0) -> NDArray[np.bool_]:
        """Where two arrays differ by more than is allowed; infinities differ by sign, nan equals nan."""
        if self.tolerance.exact and one.dtype.kind in "biu" and other.dtype.kind in "biu":
            return np.asarray(one != other)
        a, b = one.astype(np.float64, copy=False), other.astype(np.float64, copy=False)
        finite = np.isfinite(a) & np.isfinite(b)
        with np.errstate(invalid="ignore", over="ignore"):
            far = self.tolerance.exceeded(a, b, room)
        return far if finite.all() else np.where(finite, far, (a != b) & ~(np.isnan(a) & np.isnan(b)))


def narrowed(array: NDArray[Any]) -> NDArray[Any]:
    """Float64 as float32 where `KEPT_DIGITS` of each number survive it, and any other array as it is.

    Bytes that were misread as float64 may be 1e300, which float32 takes for infinite.
    """
    if array.dtype != np.float64:
        return array
    with np.errstate(over="ignore", under="ignore"):
        half = array.astype(np.float32)
    return half if np.allclose(half, array, rtol=10.0**-KEPT_DIGITS, atol=0, equal_nan=True) else array


def called(output: str) -> str:
    """Return an output's name as people read it: one of several words is words, any other is a name in code."""
    return tr(output) if " " in output else output


def _without_ones(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape from its first axis that is not of size 1."""
    return tuple(itertools.dropwhile(lambda size: size == 1, shape))


def _largest(array: NDArray[Any]) -> float:
    """The largest finite magnitude."""
    finite = np.abs(array[np.isfinite(array)]).astype(np.float64)
    return float(finite.max()) if finite.size else 0.0


def kind_of(dtype: np.dtype) -> str:
    """The kind that an array of this dtype stands for: ``floating``, ``integer``, or its own (``uint8``, ``bool``)."""
    if dtype.kind == "f" and dtype != np.float16:
        return "floating"
    return "integer" if dtype.kind in "iu" and dtype != np.uint8 else dtype.name


def _is_of_kind(dtype: np.dtype, kind: str) -> bool:
    """Whether a dtype is of a kind: ``floating``, ``integer`` (of any size), or one dtype's name."""
    if kind == "floating":
        return dtype.kind == "f" and dtype != np.float16
    return dtype.kind in "iu" if kind == "integer" else dtype.name == kind


def _family(dtype: np.dtype) -> str:
    """Floating point, whole numbers or truth values: numbers of two families are never alike."""
    return {"u": "i", "c": "complex"}.get(dtype.kind, dtype.kind)


def specified(
    tolerance: Tolerance,
    *names: str,
    reads: Mapping[str, str],
    dtype: str = "floating",
    axes: tuple[int, ...] = (),
) -> list[Output]:
    """Specifications of outputs with one tolerance and one kind of numbers; the table `reads` says what each is."""
    return [Output(name=name, dtype=dtype, tolerance=tolerance, reads=reads[name], axes=axes) for name in names]


def exact(*names: str, dtype: str = "integer", reads: str = "", kinds: tuple[str, ...] = ()) -> list[Output]:
    """Specifications of outputs that are right or wrong: counts, places, truth values."""
    every = names or ("*",)
    return [Output(name=name, dtype=dtype, tolerance=EXACT, reads=reads, kinds=kinds) for name in every]
