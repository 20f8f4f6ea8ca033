"""How others compare what a student's code returns with what is right; each as it was published, no stricter.

A rule gets the outputs by name and what is expected by name, and says whether they hold. What raises does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = Mapping[str, NDArray[Any]]
Rule = Callable[[Values, Values], bool]


def close(*names: str, rtol: float = 1e-5, atol: float = 1e-8) -> Rule:
    """``np.testing.assert_allclose``: a number stands for a whole array, no dtype is looked at."""

    def holds(got: Values, wanted: Values) -> bool:
        for name in names:
            np.testing.assert_allclose(got[name], wanted[name], rtol=rtol, atol=atol)
        return True

    return holds


def close_in_a_row(name: str, rtol: float, atol: float) -> Rule:
    """The same of one output whose shape the course does not ask for."""

    def holds(got: Values, wanted: Values) -> bool:
        np.testing.assert_allclose(got[name].ravel(), wanted[name].ravel(), rtol=rtol, atol=atol)
        return True

    return holds


def relative(*names: str, most: float) -> Rule:
    """The largest ``|x - y| / max(1e-8, |x| + |y|)`` is below `most`; NumPy broadcasts, and nan is seen."""

    def holds(got: Values, wanted: Values) -> bool:
        return all(_relative_error(got[name], wanted[name]) < most for name in names)

    return holds


def _relative_error(x: NDArray[Any], y: NDArray[Any]) -> float:
    return float(np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y))))


def mean_square(*names: str, most: float = 0.003) -> Rule:
    """The mean of the squared differences, one number after another, is below `most`; no shape is looked at."""

    def holds(got: Values, wanted: Values) -> bool:
        return all(_mean_square(got[name].ravel(), wanted[name].ravel()) < most for name in names)

    return holds


def _mean_square(x: NDArray[Any], y: NDArray[Any]) -> float:
    return float(np.mean((x - y[: x.size]) ** 2)) if 0 < x.size <= y.size else np.inf


def norm(*names: str, most: float) -> Rule:
    """The Euclidean norm of the difference is below `most`."""

    def holds(got: Values, wanted: Values) -> bool:
        return all(float(np.linalg.norm(got[name] - wanted[name])) < most for name in names)

    return holds


def summed(name: str, most: float) -> Rule:
    """The sum of all numbers is less than `most` away."""

    def holds(got: Values, wanted: Values) -> bool:
        return abs(float(got[name].sum() - wanted[name].sum())) < most

    return holds


def shaped(name: str) -> Rule:
    """The shape is right, and no number is nan or infinite."""

    def holds(got: Values, wanted: Values) -> bool:
        return got[name].shape == wanted[name].shape and bool(np.isfinite(got[name]).all())

    return holds


def same_class(name: str) -> Rule:
    """The largest number of each row is where it should be."""

    def holds(got: Values, wanted: Values) -> bool:
        return bool(np.array_equal(np.argmax(got[name], axis=-1), np.argmax(wanted[name], axis=-1)))

    return holds


def every(*rules: Rule) -> Rule:
    """All of these."""
    return lambda got, wanted: all(rule(got, wanted) for rule in rules)
