"""Whatever is done to a notebook's cells: what its own check finds right is right by the grader.

The same 300 notebooks each time; ``AICS_EXAMPLES=2000`` tries 6,000 others.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.intake.reading import read_notebook
from autograder.intake.released_lab import grade_id
from autograder.intake.repair import repair
from tests.intake.damage import EXAMPLES
from tests.intake.edits import CODECS, WAYS, edited, saved
from tests.intake.own_check import HOLDS, right_by_its_own_check, right_by_the_grader
from tests.intake.release import release, solved


def test_every_way_to_write_the_answers_is_right():
    for name, ways in WAYS.items():
        for way in ways:
            assert right_by_its_own_check(solved(**{name: way})) == set(HOLDS), way


def test_nothing_is_right_in_the_release():
    assert right_by_its_own_check(release()) == set()
    assert right_by_the_grader(release()) == set()


@settings(
    max_examples=3 * EXAMPLES, derandomize=EXAMPLES <= 100, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(edited(), st.sampled_from(CODECS))
def test_right_by_its_own_check_is_right_by_the_grader(notebook, codec):
    right = right_by_its_own_check(notebook)
    read, _ = read_notebook(saved(notebook, codec))
    repaired, remarks = repair(read, release())
    got = right_by_the_grader(repaired)
    assert right <= got, f"lost {right - got}\n{text_of(notebook)}\n\nrepaired to\n{text_of(repaired)}\n{remarks}"


def text_of(notebook: NotebookNode) -> str:
    """A notebook to read where the test fails."""
    heads = [f"[{cell.cell_type} {grade_id(cell)}]" for cell in notebook.cells]
    return "\n".join(f"{head} {cell.source}" for head, cell in zip(heads, notebook.cells, strict=True))
