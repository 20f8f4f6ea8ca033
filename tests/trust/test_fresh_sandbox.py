"""What a hand-in leaves behind helps or harms the next one where both run in one kernel, and nowhere else."""

from __future__ import annotations

import pytest

from autograder.attacks import attempts
from autograder.authoring.source import source_notebook
from autograder.grading.attempt import Attempt
from autograder.grading.bench import Bench
from autograder.grading.steps import steps_of
from autograder.sandbox import launched

from .handins import fresh, graded, lab_named, points

EXHIBITS = attempts("fresh_sandbox").values()
LAB = lab_named("lab2_layers")
ASKED = ("relu",)
HONEST = steps_of(source_notebook(LAB), ASKED)


@pytest.fixture
def one_kernel(bench, monkeypatch):
    """One kernel for all hand-ins, in which one can listen to another."""
    monkeypatch.setattr(launched, "LEFT_OPEN", ["accept", "accept4", "bind", "listen"])
    bench.fresh_student(LAB)
    with monkeypatch.context() as patch:
        patch.setattr(Bench, "fresh_student", lambda _bench, _lab: None)
        patch.setattr(Bench, "end_student", lambda _bench: None)
        yield bench
    bench.end_student()


def helps_or_harms(bench, exhibit) -> bool:
    """Whether a second hand-in of its kind gains by the first, or an honest one loses."""
    graded(bench, exhibit)
    again = points(graded(bench, exhibit))["relu"] > 0
    honest = points(Attempt(LAB, HONEST, bench, fresh, only=ASKED).run())["relu"]
    return again or honest < LAB.questions["relu"].points


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_one_kernel_serves_all(exhibit, one_kernel):
    try:
        succeeded = helps_or_harms(one_kernel, exhibit)
    except RuntimeError:  # the kernel that all share is busy for ever: nobody is graded any more
        succeeded = True

    assert succeeded


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    assert not helps_or_harms(bench, exhibit)
