"""Every cell of a lab's source gets the nbgrader metadata of its role; what does not fit is named."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from autograder.authoring.source import source_notebook
from autograder.course import CourseError, Lab, labs

LAB_CELLS = """
# %% given="setup"
import numpy as np
"""
DOUBLE = """
# %% code="double"
x = 1

# %% check="double"
check("double")
"""
WHY = """
# %% [markdown] written="why"
# Say why.
"""


def metas(notebook):
    return {c.metadata.nbgrader.grade_id: c.metadata.nbgrader for c in notebook.cells if "nbgrader" in c.metadata}


ROLES = [
    # grade_id, grade, solution, locked, points
    ("setup_given", False, False, True, None),
    ("picture_look", False, False, True, None),
    ("double_code", False, True, False, None),
    ("double", True, False, True, 7),
    ("why", True, True, False, 3),
]


@pytest.mark.parametrize(("grade_id", "grade", "solution", "locked", "points"), ROLES)
def test_a_role_becomes_nbgrader_metadata(tiny, grade_id, grade, solution, locked, points):
    meta = metas(source_notebook(tiny.lab))[grade_id]
    assert (meta.grade, meta.solution, meta.locked, meta.task) == (grade, solution, locked, False)
    assert (meta.get("points"), meta.schema_version) == (points, 3)


def test_cells_to_look_at_are_tagged_so_and_run_all_goes_on_after_a_stub_that_fails(tiny):
    cells = source_notebook(tiny.lab).cells
    tags = {c.metadata.nbgrader.grade_id: c.metadata.tags for c in cells if c.metadata.get("tags")}
    assert tags == {"picture_look": ["look"], "double_code": ["raises-exception"]}


def test_cells_have_stable_ids_and_prose_has_no_nbgrader_metadata(tiny):
    first, second = source_notebook(tiny.lab), source_notebook(tiny.lab)
    ids = [cell.id for cell in first.cells]
    assert ids == [cell.id for cell in second.cells]
    assert ids == ["prose-0", "setup_given", "picture_look", "double_code", "double_check", "why_written"]
    assert first.cells[0].metadata == {}


WRONG = [
    # source, what is said
    ("# %%\nx = 1\n" + DOUBLE, r"cell 0 \(\['x = 1'\]\) needs exactly one of given, look, code, check, written"),
    ('# %% given="a" look="b"\nx = 1\n' + DOUBLE, "needs exactly one of"),
    (DOUBLE + '# %% check="triple"\ncheck("triple")\n', "asks 'triple', which questions.py does not have"),
    (DOUBLE + '# %% [markdown] written="how"\n# Text\n', "asks 'how', which questions.py does not have"),
    (DOUBLE + '# %% [markdown] written="double"\n# Text\n', "asks 'double', which questions.py does not have"),
    (DOUBLE + DOUBLE, "more than one cell is named double, double_code"),
    (LAB_CELLS + LAB_CELLS + DOUBLE, "more than one cell is named setup_given"),
    ('# %% check="double"\ncheck("double")\n\n# %% code="double"\nx = 1\n', "do not stand in the order"),
    ('# %% code="double"\nx = 1\n', "do not stand in the order"),
    ('# %% check="double"\ncheck("double")\n', "do not stand in the order"),
    ("# %% [markdown]\n# Up to {double.full} times.\n" + DOUBLE, "prose tells the speed of 'double'"),
    (LAB_CELLS, r"do not stand in the order of questions.py: \['double_code', 'double'\]"),
]


@pytest.mark.parametrize(("source", "said"), WRONG)
def test_a_source_that_does_not_fit_is_refused_by_name(tiny, source, said):
    with pytest.raises(CourseError, match=f"lab0_tiny: .*{said}"):
        source_notebook(tiny.notebook(source + WHY))


def test_a_written_question_without_a_cell_is_refused(tiny):
    with pytest.raises(CourseError, match="lab0_tiny: no cell is written for why"):
        source_notebook(tiny.notebook(DOUBLE))


def test_a_bonus_is_worth_nothing_in_nbgraders_sense():
    assert metas(source_notebook(Lab("lab2_layers")))["conv_winograd"].points == 0


VARIANTS = [
    ("double.py", '"""Hint."""\n', "name it <question>__<name>.py and begin with a docstring"),
    ("double__x.py", "x = 1\n", "begin with a docstring"),
    ("triple__x.py", '"""Hint."""\n', "misconceptions/triple__x.py: no such question"),
]


@pytest.mark.parametrize(("name", "text", "said"), VARIANTS)
def test_a_misconception_that_does_not_fit_is_refused_by_name(tiny, name, text, said):
    (tiny.folder / "misconceptions" / name).write_text(text)
    with pytest.raises(CourseError, match=said):
        _ = tiny.lab.misconceptions


def test_a_variant_is_its_hint_and_its_source(tiny):
    (tiny.folder / "misconceptions" / "double__lazy.py").write_text('"""One\n    two."""\n# slow\nx = 1\n')
    lazy, squared = tiny.lab.misconceptions
    assert (lazy.hint, lazy.source, lazy.slow) == ("One two.", "# slow\nx = 1\n", True)
    assert (squared.question, squared.name, squared.slow) == ("double", "squared", False)


def test_further_paragraphs_are_the_hint_worked_out(tiny):
    text = '"""One\n    two.\n\n    Look\n    here.\n\n    Think.\n"""\nx = 1\n'
    (tiny.folder / "misconceptions" / "double__lazy.py").write_text(text)
    lazy, squared = tiny.lab.misconceptions
    assert (lazy.hint, lazy.worked, lazy.source) == ("One two.", ("Look here.", "Think."), "x = 1\n")
    assert squared.worked == ()


@pytest.mark.usefixtures("tiny")
def test_labs_are_the_folders_under_solutions_and_an_unknown_one_is_told():
    assert [lab.name for lab in labs()] == ["lab0_tiny"]
    with pytest.raises(CourseError, match=r"no lab 'lab9'. There are: lab0_tiny"):
        labs(["lab9"])


def test_a_labs_own_modules_are_not_left_for_another_lab(tiny):
    import sys

    assert list(tiny.lab.questions) == ["double"]
    assert "pieces" not in sys.modules
    assert str(tiny.folder) not in sys.path


def test_a_module_of_the_same_name_that_was_imported_before_is_neither_used_nor_lost(tiny, monkeypatch):
    import sys

    other = ModuleType("pieces")
    monkeypatch.setitem(sys.modules, "pieces", other)
    assert list(tiny.lab.questions) == ["double"]
    assert sys.modules["pieces"] is other


def prose_of(lab: Lab) -> str:
    return "\n".join(cell.source for cell in source_notebook(lab).cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_prose_tells_the_ends_of_a_speed_questions_curve_as_they_are(lab):
    told = [float(number) for number in re.findall(r"([\d.]+)\s+times the\s+reference's time", prose_of(lab))]
    known = {speed.limits.full for question in lab.questions.values() if (speed := question.speed)}

    assert set(told) <= known
    assert not re.search(r"\{\w+\.\w+\}", prose_of(lab))
