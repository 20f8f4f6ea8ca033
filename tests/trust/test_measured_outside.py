"""What is counted beside a student's code is counted as it likes; the grader counts in arrays that it made itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.attacks import attempts
from autograder.authoring.source import source_notebook
from autograder.grading.steps import steps_of

from .counting import COUNTED
from .handins import assert_gains_nothing, graded, lab_named, released, steps
from .stock import stock_scores

EXHIBITS = attempts("measured_outside").values()
#: They take out, or make up, the notes that say what ran.
UNNOTED = (
    *("borrowed_step", "closure_answers", "twice_handed_down"),
    *("unnoted_nodes", "unnoted_repeats", "unrecorded_layers"),
)


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_it_is_counted_beside_the_code(exhibit, bench):
    scores = stock_scores(bench, lab_named(exhibit.lab), steps(exhibit), exhibit.asked, COUNTED)

    assert all(scores.values())


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    assert_gains_nothing(bench, exhibit)


@pytest.mark.parametrize("exhibit", [e for e in EXHIBITS if e.name in UNNOTED], ids=str)
def test_work_that_leaves_no_array_is_seen_where_the_grader_computes_it_alone(exhibit, bench, monkeypatch):
    lab, (asked,) = lab_named(exhibit.lab), exhibit.asked
    monkeypatch.setitem(lab.questions, asked, replace(lab.questions[asked], hidden=None))

    assert graded(bench, exhibit).verdicts[asked].passed


@pytest.mark.parametrize("exhibit", [e for e in EXHIBITS if e.asked[0] in COUNTED], ids=str)
def test_counting_beside_the_code_gives_the_solution_points_and_an_empty_hand_in_none(exhibit, bench):
    lab, asked = lab_named(exhibit.lab), exhibit.asked
    gained = []
    for notebook in (source_notebook(lab), released(lab.name)):
        every = steps_of(notebook, asked)
        last = next(number for number, step in enumerate(every) if step.question == asked[0])
        gained.append(stock_scores(bench, lab, every[: last + 1], asked, COUNTED)[asked[0]] > 0)

    assert gained == [True, False]
