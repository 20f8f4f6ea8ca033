"""Whoever knows the public cases by heart is right on these, and on no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.attacks import attempts

from .handins import assert_gains_nothing, graded, lab_named, points

EXHIBITS = attempts("hidden_cases").values()


@pytest.fixture
def only_public_cases(bench, monkeypatch):
    """Return a function that lets a question's hidden cases be those that students have, and no others."""

    def switch(lab, name):
        question, known = lab.questions[name], bench.public_question(lab, name)
        public = replace(question, cases=lambda _rng: list(known.cases), hidden=None, speed=None)
        monkeypatch.setitem(lab.questions, name, public)

    return switch


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_the_public_cases_are_all(exhibit, bench, only_public_cases):
    for name in exhibit.asked:
        only_public_cases(lab_named(exhibit.lab), name)

    assert all(points(graded(bench, exhibit)).values())


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    assert_gains_nothing(bench, exhibit)
