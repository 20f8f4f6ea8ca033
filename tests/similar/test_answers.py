"""What of a hand-in is the student's own: filled stubs and added cells, and no more of them than fits."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell

from autograder.course import ClassFolder, CourseError, Lab
from autograder.measure.prove import exchanged
from autograder.similar.answers import LONGEST, OWN, Answers, answers_of_class, given
from tests.gradebook.conftest import LAB, write

RELU = "@add_to_class(ReLULayer)\ndef forward(self, input):\n    return abs(input)\n"


@pytest.fixture
def read(tmp_path, stub):
    """Student -> answers, of a class of the notebooks that are given by name, and of one who did nothing."""
    state = ClassFolder(tmp_path / "course")

    def reading(**notebooks) -> dict[str, Answers]:
        for student, notebook in {**notebooks, "umar": stub}.items():
            write(state.submitted / student / LAB, notebook)
        return dict(answers_of_class(state, Lab(LAB)).students)

    return reading


def test_filled_stubs_and_added_cells_are_read_and_untouched_ones_are_not(read, stub):
    mine = exchanged(stub, {"relu_code": RELU})
    mine.cells.append(new_code_cell("print('tried this')"))
    found = read(ada=mine)
    assert found["ada"].cells == {"relu": RELU, OWN: "print('tried this')"}
    assert found["umar"].cells == {}
    assert found["ada"].digest != found["umar"].digest


def test_of_a_cell_that_is_too_long_the_beginning_is_kept_and_that_is_said(read, stub):
    found = read(ada=exchanged(stub, {"relu_code": RELU + "#" * LONGEST}))
    assert len(found["ada"].cells["relu"]) == LONGEST
    assert found["ada"].cut == ("relu",)


def test_what_is_given_covers_the_solution_as_it_is_handed_in(read, solution):
    from autograder.similar.fingerprints import Fingerprints

    known, cells = given(Lab(LAB)), read(ada=solution, bo=solution)["ada"].cells
    for question, source in cells.items():
        assert Fingerprints({"ada": source, "bo": source}, known[question]).part[0, 1] == 0, question


def test_files_that_are_none_are_named_and_two_that_are_suffice(tmp_path, stub):
    state = ClassFolder(tmp_path / "course")
    for student, notebook in (("ada", stub), ("bo", stub), ("cem", [1, 2])):
        write(state.submitted / student / LAB, notebook)
    found = answers_of_class(state, Lab(LAB))
    assert [*found.students] == ["ada", "bo"]
    (line,) = found.unreadable
    assert line.startswith("cem: left out")
    (state.submitted / "bo" / LAB / f"{LAB}.ipynb").unlink()
    with pytest.raises(CourseError, match=r"Only ada .* cem: left out"):
        answers_of_class(state, Lab(LAB))
