"""Lab 6 is cut in two: each sitting has under 90 cells, and the second one needs no answer of the first."""

from __future__ import annotations

import warnings

import pytest

from autograder.authoring.namespace import importing_from
from autograder.authoring.source import source_notebook
from autograder.authoring.start import working_folder
from autograder.course import Lab
from tests.labs.running import Session, raised

LAB = Lab("lab6_mixed_sparse")
CELLS = source_notebook(LAB).cells
STARTS = [number for number, cell in enumerate(CELLS) if cell.source.startswith("# Second sitting")]
#: The three cells to run before each sitting.
BEFORE = ["setup_given", "network_given", "digits_given"]


def test_a_heading_cuts_it_into_two_sittings_of_under_90_cells_each():
    (start,) = STARTS
    assert CELLS[start - 1].source.startswith("---\n\n# End of the first sitting")
    assert start < 90
    assert len(CELLS) - start + len(BEFORE) < 90


def test_the_cells_to_run_before_each_sitting_stand_together_under_their_heading():
    (heading,) = [n for n, cell in enumerate(CELLS) if "\n# Before each sitting: three cells" in cell.source]
    assert [cell.id for cell in CELLS[heading + 1 : heading + 4]] == BEFORE
    assert "(#Before-each-sitting:-three-cells)" in CELLS[STARTS[0]].source


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_second_sitting_runs_in_a_new_kernel(monkeypatch):
    cells = [cell for cell in CELLS if cell.id in BEFORE] + CELLS[STARTS[0] :]
    right = {cell.id.removesuffix("_code"): cell.source for cell in cells if cell.id.endswith("_code")}
    broken, session, said = raised(right), Session(), []
    with working_folder(LAB) as folder, importing_from(folder), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        monkeypatch.chdir(folder)
        for cell in cells:
            name, _, role = cell.id.rpartition("_")
            if role == "given":
                session.run(cell.id, cell.source)
            elif role == "code":
                session.answer(name, broken[name])
            elif role == "look" and name not in ("overview", "export"):
                said += [(cell.id, printed) for _, printed in session.peel(cell.id, cell.source, right, broken)]
    assert session.failed == []
    assert [row for row in said if "is not defined" in row[1]] == []
    assert len(said) > len(right)
