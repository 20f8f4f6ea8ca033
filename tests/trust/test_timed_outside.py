"""A stopwatch beside a student's code measures what that code likes; the grader's stands outside."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from autograder.attacks import attempts

from .handins import graded, lab_named, steps
from .stopwatches import STOPWATCHES

pytestmark = pytest.mark.timed
EXHIBITS = attempts("timed_outside").values()
#: The slow code alone, by question.
SLOW = {name: replace(exhibit, name="slow", source="") for exhibit in EXHIBITS for name in exhibit.asked}


def seconds_inside(bench, exhibit):
    """What the stopwatch beside the code reads."""
    lab = lab_named(exhibit.lab)
    bench.fresh_student(lab)
    for step in steps(exhibit):
        source = step.source
        if step.question:
            source = STOPWATCHES[step.question].replace("{lab}", lab.name).replace("{question!r}", repr(step.question))
        done = bench.student.kernel.execute(source, 30)
    said = "".join(str(output.get("text", "")) for output in done.outputs)
    bench.end_student()
    assert "seconds" in said, done.evalue
    return float(said.split()[-1])


@pytest.fixture(scope="module")
def slow_seconds(bench):
    """Return a function: what the stopwatch reads of a question's slow code."""
    return cache(lambda question: seconds_inside(bench, SLOW[question]))


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_by_a_stopwatch_beside_it(exhibit, bench, slow_seconds):
    assert seconds_inside(bench, exhibit) < slow_seconds(exhibit.cell) / 2


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    verdict = graded(bench, exhibit).verdicts[exhibit.cell]

    assert (verdict.score, verdict.passed) == (0, False)


@pytest.mark.parametrize("question", SLOW)
def test_the_slow_code_without_a_trick_is_right_and_too_slow(question, bench):
    verdict = graded(bench, SLOW[question]).verdicts[question]

    assert (verdict.score, verdict.rung) == (0, "speed")
