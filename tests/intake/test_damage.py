"""One damaged hand-in among honest ones: the reading ends, says what is wrong with it, and finds the others unchanged.

``AICS_EXAMPLES=2000`` tries more of them.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from autograder.gradebook import pages
from autograder.grading.key import named_files
from autograder.grading.steps import steps_of
from tests.intake.damage import EXAMPLES, HandIn, damage
from tests.intake.files import found, write
from tests.intake.release import ANSWERS, by_id, solved

HONEST = ("alice", "zoe")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(damage(solved()))
def test_one_damaged_hand_in_costs_nobody_else(hand_in: HandIn):
    folder = Path(tempfile.mkdtemp())
    try:
        for student in HONEST:
            write(folder / student / "lab9_small.ipynb", solved(why=f"Says {student}."))
        hand_in(folder)
        handins, remarks = found(folder)
    finally:
        shutil.rmtree(folder)
    graded = {handin.student: handin for handin in handins}
    for student in HONEST:
        assert by_id(graded[student].notebook, "why").source == f"Says {student}."
        assert graded[student].remarks == []
    others = [handin for handin in handins if handin.student not in HONEST]
    assert others or remarks, "nothing is said of the damaged one"
    for handin in others:
        formatted_and_read(handin.notebook)


def formatted_and_read(notebook) -> None:
    """What is done with a hand-in outside the sandbox comes to its end too."""
    resources: dict[str, object] = {}
    for cell in notebook.cells:
        context = pages_context(cell, resources)
        (pages.highlight if cell.cell_type == "code" else pages.markdown)(context, cell.source)
    for step in steps_of(notebook, set(ANSWERS)):
        named_files(step.source)


def pages_context(cell, resources: dict[str, object]) -> dict[str, object]:
    return {"cell": cell, "resources": resources}
