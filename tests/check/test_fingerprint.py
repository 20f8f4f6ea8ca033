"""A fingerprint of answers: the same for the same answers but for rounding, another for others."""

from __future__ import annotations

import numpy as np
import pytest

from aics.check.ask import Answer, Raised
from aics.check.fingerprint import SUMS, KnownPair, fingerprint
from aics.check.judge import Rule
from aics.check.output import Output, exact
from aics.check.rules import Tolerance

CLOSE = Output(name="y", tolerance=Tolerance(rtol=1e-4, reason="a test"))
RULE = Rule(name="q", points=1, outputs=(*exact("count"), CLOSE))
Y = np.linspace(-2.0, 3.0, 60).reshape(3, 4, 5)
EXPECTED = [{"y": Y, "count": np.array([7, 1 << 40])}]
WRONG = {"y": Y * 1.5, "count": np.array([8, 1 << 40])}


def fits(one: Answer, other: Answer) -> bool:
    kept = fingerprint(RULE, EXPECTED, [one]).astype(np.float16)
    return KnownPair(one="a", other="b", fingerprint=kept).fits(fingerprint(RULE, EXPECTED, [other]))


def values(**changed: object) -> Answer:
    return Answer(values=WRONG | {name: np.asarray(value) for name, value in changed.items()})


def test_rounding_and_the_width_of_floats_change_nothing() -> None:
    assert fits(values(), values())
    assert fits(values(), values(y=(Y * 1.5).astype(np.float32)))
    assert fits(values(), values(y=Y * 1.5 * (1 + 1e-5 * np.cos(np.arange(60)).reshape(Y.shape))))


@pytest.mark.parametrize(
    "other",
    [
        values(y=Y * 1.52),
        values(y=Y[::-1] * 1.5),
        values(y=Y.swapaxes(0, 2) * 1.5),
        values(y=np.where(Y > 2.9, 0, Y * 1.5)),
        values(y=np.where(Y > 2.9, np.nan, Y * 1.5)),
        values(y=(Y * 1.5).astype(np.float16)),
        values(count=[8, (1 << 40) + 1]),
        values(count=[8.0, 1 << 40]),
        Answer(values={"y": WRONG["y"]}),
        Answer(raised=Raised(type="IndexError", message="m")),
    ],
)
def test_another_answer_has_another_fingerprint(other: Answer) -> None:
    assert not fits(values(), other)


def test_what_is_raised_and_what_it_says_count() -> None:
    error = Answer(raised=Raised(type="IndexError", message="index 3"))
    assert fits(error, Answer(raised=Raised(type="IndexError", message="index 3", line="x[3]", number=7)))
    assert not fits(error, Answer(raised=Raised(type="IndexError", message="index 4")))
    assert not fits(error, Answer(raised=Raised(type="KeyError", message="index 3")))


def test_outputs_that_nobody_asked_for_and_empty_ones_can_be_marked() -> None:
    assert fits(values(more=[1.0, np.inf], none=np.zeros((0, 2))), values(more=[1.0, np.inf], none=np.zeros((0, 2))))
    assert not fits(values(more=[1.0, np.inf]), values(more=[2.0, np.inf]))


def test_of_a_huge_array_a_part_is_looked_at() -> None:
    sums = fingerprint(RULE, EXPECTED, [values(y=np.ones((3000, 2000)))])
    assert sums.shape == (SUMS,)
    assert np.isfinite(sums).all()
