"""Tests that run beside a student's code believe what it shows them; the grader believes arrays only."""

from __future__ import annotations

import pytest

from autograder.attacks import attempts
from autograder.authoring.source import source_notebook
from autograder.grading.attempt import Attempt
from autograder.grading.steps import steps_of

from .handins import assert_gains_nothing, fresh, lab_named, points, released, steps
from .stock import stock_scores

EXHIBITS = attempts("judged_outside").values()
LAB = lab_named("lab2_layers")
ASKED = ("relu", "conv_forward")


@pytest.fixture
def all_installed(monkeypatch):
    """Every installed package is there, as in a student's own Jupyter: the lab's own check needs them to time."""
    monkeypatch.setattr("autograder.grading.bench.hidden_packages", lambda _lab: ())


@pytest.mark.usefixtures("all_installed")
@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_tests_run_beside_it(exhibit, bench):
    gained = stock_scores(bench, lab_named(exhibit.lab), steps(exhibit), exhibit.asked)

    assert all(gained.values()), gained


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    assert_gains_nothing(bench, exhibit)


def test_tests_beside_it_give_an_empty_hand_in_nothing(bench):
    empty = steps_of(released(LAB.name), ASKED)

    assert stock_scores(bench, LAB, empty, ASKED) == dict.fromkeys(ASKED, 0)


def test_tests_beside_it_give_the_solution_everything(bench):
    solved = steps_of(source_notebook(LAB), ASKED)

    assert stock_scores(bench, LAB, solved, ASKED) == {name: LAB.questions[name].points for name in ASKED}


def test_after_all_of_them_the_same_bench_gives_the_solution_everything(bench):
    solved = steps_of(source_notebook(LAB), ASKED)
    outcome = Attempt(LAB, solved, bench, fresh, only=ASKED, values_only=True).run()

    assert points(outcome) == {name: LAB.questions[name].points for name in ASKED}
