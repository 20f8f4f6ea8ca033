"""Other packages do a question's work where they can be imported."""

from __future__ import annotations

import pytest

from autograder.attacks import attempts
from autograder.sandbox import view

from .handins import assert_gains_nothing, graded, points

EXHIBITS = attempts("allowed_imports").values()


@pytest.fixture
def nothing_masked(monkeypatch):
    """All that is installed can be imported, and the finished layers are there."""
    monkeypatch.setattr("autograder.grading.bench.hidden_packages", lambda _lab: ())
    monkeypatch.setattr(view, "FINISHED", "no such room")


@pytest.mark.usefixtures("nothing_masked", "anything_allowed")
@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_everything_can_be_imported(exhibit, bench):
    assert all(points(graded(bench, exhibit, values_only=True)).values())


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    assert_gains_nothing(bench, exhibit, values_only=True)
