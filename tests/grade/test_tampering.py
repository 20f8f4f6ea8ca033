"""Attempts at points without the work: each earns what its code deserves, and harms nobody."""

from __future__ import annotations

import os

import pytest

from autograder.demo import with_first_cell
from autograder.sandbox import processes
from autograder.tampering import attempts, purpose

from .conftest import HASTY

ASKED = ("relu", "conv_forward", "conv_forward_speedup")
ATTEMPTS = attempts()


@pytest.fixture(autouse=True)
def short_waits(monkeypatch):
    monkeypatch.setattr("autograder.grade.bench.CONNECT", 2.0)


def test_every_attempt_says_what_it_tries():
    assert all(len(purpose(source)) > 30 for source in ATTEMPTS.values())


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_untouched_hand_in_with_an_attempt_earns_nothing(name, bench, grade, stub):
    outcome = grade(with_first_cell(stub, ATTEMPTS[name]), *ASKED, patience=HASTY)

    assert {question: verdict.score for question, verdict in outcome.verdicts.items()} == dict.fromkeys(ASKED, 0)
    assert all(verdict.reason and len(verdict.reason) < 2000 for verdict in outcome.verdicts.values())
    assert processes.tree(os.getpid())[1:] == reference_processes(bench)


def reference_processes(bench):
    return [pid for side in bench._references.values() for pid in processes.tree(side.kernel.root_pid)]


def test_after_all_of_them_the_same_bench_grades_an_honest_hand_in(grade, solution):
    outcome = grade(solution, *ASKED)

    assert [verdict.reason for verdict in outcome.verdicts.values() if not verdict.passed] == []
