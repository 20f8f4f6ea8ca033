"""What is drawn, for whom, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from aics.parameters.blanks import filled
from aics.parameters.drawn import NUMBERS, number_of, token_of
from aics.parameters.own_notebook import opened_for, student_of
from autograder.authoring.own_sheet import class_sheet
from autograder.course import CourseError, Lab, labs
from autograder.course.exam import Exam
from autograder.course.parameters import Parameters
from autograder.course.varying import Varying
from autograder.grading.own_parameters import drawn_for, own_lab
from tests.parameters.conftest import LAB, ROSTER, class_folder

VARYING = [(lab.name, name) for lab in labs() for name, parameters in lab.parameters.items() if parameters]


def test_a_class_without_the_file_has_nothing_differ(tmp_path):
    state = class_folder(tmp_path, setting="")
    assert Varying.read(state.folder) == Varying()
    assert own_lab(state, Lab(LAB), "ada") == Lab(LAB)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("[labs\n", "Expected"),
        ('labs = "all"\n', "it holds one table, [labs]"),
        ("[labs]\nlab9 = []\n", "There is no lab 'lab9'"),
        (f"[labs]\n{LAB} = 3\n", 'must be a list of questions, or "all"'),
        (f'[labs]\n{LAB} = ["resize"]\n', "has no question 'resize' that can differ. These can: center_crop,"),
        ('[labs]\nlab3_vgg19 = "all"\nlab4_dlp = ["quantize"]\n', "No question of this lab can."),
    ],
)
def test_a_setting_that_cannot_be_is_one_line(tmp_path, setting, said):
    state = class_folder(tmp_path, setting=setting)
    with pytest.raises(CourseError) as refused:
        Varying.read(state.folder)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_release_needs_a_roster(tmp_path):
    state = class_folder(tmp_path, roster="")
    with pytest.raises(CourseError, match=r"there is no roster\.csv that says by which id each is known"):
        class_sheet(state, labs([LAB]), {})


def test_a_question_whose_check_an_exam_leaves_out_cannot_differ(tmp_path):
    state = class_folder(tmp_path, setting=f'[labs]\n{LAB} = ["center_crop"]\n')
    exam = Exam(lab=LAB, until=datetime(2100, 1, 1, tzinfo=UTC), checks=("resize",))
    with pytest.raises(CourseError, match=r"lets center_crop of lab1_preprocessing differ .* the check out"):
        class_sheet(state, labs([LAB]), {LAB: exam})
    sheet, _ = class_sheet(state, labs([LAB]), {LAB: replace(exam, checks=("center_crop",))})
    assert LAB in sheet.labs


def test_parameters_follow_from_secret_and_id_alone(tmp_path):
    one, other = class_folder(tmp_path / "a"), class_folder(tmp_path / "b", roster=ROSTER.replace("bob", "bea"))
    assert drawn_for(one, Lab(LAB), "ada") == drawn_for(other, Lab(LAB), "ada")
    (other.folder / "secret.key").write_text("ff" * 32)
    students = [f"s{number}" for number in range(20)]
    assert [drawn_for(one, Lab(LAB), s) for s in students] != [drawn_for(other, Lab(LAB), s) for s in students]


def test_every_draw_comes_to_somebody():
    numbers = {number_of(b"key", token_of(b"key", f"s{student}"), LAB, "center_crop") for student in range(2000)}
    assert numbers == set(range(NUMBERS))


def test_an_id_is_the_same_however_it_is_typed():
    assert token_of(b"key", " Ada ") == token_of(b"key", "ada")


@pytest.mark.parametrize(("lab", "question"), VARYING)
def test_the_default_is_one_of_the_variants_and_each_has_words_for_every_blank(lab, question):
    parameters = Lab(lab).parameters[question]
    variants = parameters.variants()
    assert dict(parameters.default) in variants
    assert 1 < len(variants) <= 12, "each is proved"
    assert len({frozenset(parameters.filling(drawn)) for drawn in variants}) == 1


def test_what_is_drawn_must_have_the_defaults_names():
    wrong = Parameters(default={"side": 3}, variant=lambda rng: {"edge": rng.integers(3)})
    with pytest.raises(ValueError, match=r"draws \['edge'\], and the default has \['side'\]"):
        wrong.variants()


def test_numpys_numbers_become_pythons():
    drawn = {"side": np.int64(5), "row": np.str_("top")}
    parameters = Parameters(default={"side": 3, "row": "top"}, variant=lambda _rng: drawn)
    assert [type(value) for value in parameters.variants()[0].values()] == [int, str]


def test_blanks_of_other_names_stay():
    words = {"pool": {"side": "3"}}
    assert filled('f"{image.shape}" "{pool.side}" {pool.side}', words, code=True) == 'f"{image.shape}" 3 3'
    assert filled('"{pool.side}"', words, code=False) == '"3"'
    with pytest.raises(KeyError):
        filled("{pool.edge}", words, code=False)


@pytest.mark.parametrize("name", ["ada", "O'Brien", "张三", "ada@example.org"])
def test_a_cell_that_opens_a_lab_says_for_whom_and_can_be_put_back(name):
    plain = 'check = open_lab("lab2")\n'
    mine = opened_for(plain, name)
    assert student_of(mine) == name
    assert opened_for(mine, "") == plain
    compile(mine, "cell", "exec")
