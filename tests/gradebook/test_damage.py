"""A class with one damaged hand-in is graded to its end: the honest keep their points, the damaged one gets a line."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from rich.console import Console

from autograder.course import ClassFolder, Lab
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import GradedClass, grade_path
from autograder.gradebook.nbgrader import Nbgrader
from tests.gradebook.conftest import LAB, write
from tests.intake.damage import EXAMPLES, HandIn, damage


def grade(top: Path) -> GradedClass:
    state, console = ClassFolder(top / "course"), Console(file=io.StringIO())
    return grade_path(state, top / "handins", GradingOptions(values_only=True, workers=1), [Lab(LAB)], None, console)


@pytest.fixture(scope="module")
def honest(request, tmp_path_factory, registered, solution) -> Path:
    """A class of one honest student, graded."""
    request.getfixturevalue("can_grade")
    top = tmp_path_factory.mktemp("honest")
    shutil.copytree(registered, top / "course")
    write(top / "handins" / "ada", solution)
    grade(top)
    return top


@pytest.mark.slow
@settings(max_examples=max(3, EXAMPLES // 40), deadline=None, suppress_health_check=list(HealthCheck))
@given(damage(nbformat.read(Lab(LAB).released, 4)))
def test_one_damaged_hand_in_costs_nobody_else(honest: Path, hand_in: HandIn):
    top = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(honest, top, dirs_exist_ok=True)
        hand_in(top / "handins")
        done = grade(top)
        with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
            assert gradebook.find_submission(LAB, "ada").score == 110
    finally:
        shutil.rmtree(top)
    statuses = {graded.student: graded.status for graded in done.graded}
    assert statuses.pop("ada") == "unchanged"
    assert set(statuses.values()) <= {"graded"}
    assert statuses or done.remarks
