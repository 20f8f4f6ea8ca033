"""Whatever comes back from a student's process, a measure makes a verdict of it, and never falls over."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from aics.check.ask import Answer, ask
from aics.check.judge import judge
from aics.check.measure import measure_of, measured
from aics.check.verdict import Verdict
from aics.check.wire import DTYPES
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs
from autograder.course.question import Case
from autograder.grading.room import Outputs, room_of

MEASURED = [(lab, name) for lab in labs() for name in lab.questions if measure_of(lab.name, name)]
every_measure = pytest.mark.parametrize(
    ("lab", "question"), [pytest.param(lab, name, id=f"{lab.name}-{name}") for lab, name in MEASURED]
)
ASKS = [path for lab in labs() for path in sorted(lab.public.glob("*asks.py"))]
#: What makes a number of many, or a truth value of two arrays.
COUNTING = {
    "allclose",
    "argmax",
    "array_equal",
    "bincount",
    "count_nonzero",
    "histogram",
    "mean",
    "median",
    "std",
    "var",
}
#: What may come in the place of an array.
HOSTILE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "nothing": lambda array: array[..., :0] if array.ndim else np.zeros(0),
    "a number": lambda _: np.array(-1),
    "a row": lambda _: np.full(3, 1e300),
    "a cube": lambda _: np.ones((2, 3, 4), np.uint8),
    "eight axes": lambda _: np.zeros((1,) * 8),
    "no rows": lambda _: np.zeros((0, 7)),
    "one more axis": lambda array: array[None],
    "complex numbers": lambda array: array.astype(np.complex64),
    "truth values": lambda array: array.astype(bool),
    "not finite": lambda array: np.full(array.shape, np.nan),
    "large": lambda array: np.full(array.shape, np.iinfo(np.uint64).max),
    "negative": lambda array: np.full(array.shape, np.iinfo(np.int64).min),
}


@cache
def finished(lab: Lab) -> Mapping[str, object]:
    with working_folder(lab) as folder:
        return run_cells(solution_cells(lab), beside=folder)


@cache
def first(lab: Lab, question: str) -> tuple[Case, Outputs]:
    """The first public case, and what is expected of it."""
    case = public_cases(lab.questions[question])[0]
    return case, lab.questions[question].expected(**case)


def raw(lab: Lab, question: str) -> Mapping[str, np.ndarray]:
    """What the ask brings of the solution."""
    values = ask(getattr(lab.asks, question), finished(lab), first(lab, question)[0]).values
    assert values is not None
    return values


def verdict(lab: Lab, question: str, values: Mapping[str, np.ndarray]) -> Verdict:
    case, expected = first(lab, question)
    answer = measured(measure_of(lab.name, question), case, Answer(values=values))
    return judge(lab.rule(question), [case], [expected], [answer])


def hostile(values: Mapping[str, np.ndarray]) -> Iterator[tuple[str, dict[str, np.ndarray]]]:
    """The answer with one output left out or exchanged, with all of them exchanged, and with a strange one more."""
    for name in values:
        yield f"{name} left out", {other: array for other, array in values.items() if other != name}
        for title, exchange in HOSTILE.items():
            yield f"{name}: {title}", {**values, name: exchange(values[name])}
    for title, exchange in HOSTILE.items():
        yield f"all: {title}", {name: exchange(array) for name, array in values.items()}
    yield "one more", {**values, "\n": np.zeros(3), "default of ": np.zeros((0, 2)), "fetch ": np.zeros(())}


@every_measure
def test_any_arrays_are_judged_and_what_is_wrong_is_said(lab: Lab, question: str) -> None:
    values = raw(lab, question)
    with np.errstate(all="ignore"):
        for title, answer in hostile(values):
            found = verdict(lab, question, answer)
            assert found.score in (0, lab.questions[question].points), title
            assert found.reason, title
            assert not found.reason.startswith("Nothing can be made"), title


@every_measure
def test_what_is_returned_in_double_precision_fits_into_the_reply(lab: Lab, question: str) -> None:
    values, expected = raw(lab, question), first(lab, question)[1]
    assert len(values) <= 64
    assert {array.dtype.newbyteorder("<").str for array in values.values()} <= DTYPES
    assert 1.2 * sum(8 * array.size for array in values.values()) < room_of(lab.questions[question], [expected])


@pytest.mark.parametrize(("lab", "question"), [(lab, name) for lab in labs() for name in lab.questions])
def test_what_is_timed_is_compared_as_returned(lab: Lab, question: str) -> None:
    """The clock stands around the ask: what a measure computes would be no part of it."""
    assert lab.questions[question].speed is None or measure_of(lab.name, question) is None


@pytest.mark.parametrize("path", [pytest.param(p, id=f"{p.parent.name}-{p.stem}") for p in ASKS])
def test_no_ask_counts_or_compares(path: Path) -> None:
    """It runs where a student's code can replace whatever it calls."""
    tree = ast.parse(path.read_text("utf-8"))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not called & COUNTING
    assert "aics.doubles.changes" not in imported
