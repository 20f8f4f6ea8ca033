"""What is said of right answers that came in another form than the one asked for, and cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from aics.check.ask import Answer
from aics.check.messages import say
from aics.check.output import Output, called


def remarks(
    output: Callable[[str], Output], expected: Sequence[Mapping[str, np.ndarray]], answers: Sequence[Answer]
) -> tuple[str, ...]:
    """A word on each output that came in another shape or kind of numbers; ``output(name)`` specifies it."""
    found: dict[str, str] = {}
    for wanted, answer in zip(expected, answers, strict=True):
        values = answer.values or {}
        for name in filter(values.__contains__, wanted):
            remark = _remark(output(name), name, np.asarray(wanted[name]), values[name])
            if remark:
                found.setdefault(name, remark)
    return tuple(found.values())


def _remark(output: Output, name: str, expected: np.ndarray, got: np.ndarray) -> str:
    """A word on a shape or a kind of numbers that costs nothing; "" where there is none to be said."""
    if got.shape != expected.shape:
        return say("taken.shape", output=called(name), got=list(got.shape), expected=list(expected.shape))
    if output.kinds and not output.fits(got.dtype, expected.dtype):
        kind = say(f"dtype.expected.{output.wants(expected.dtype)}")
        return say("taken.kind", output=called(name), got=got.dtype, expected=kind)
    return ""
