"""Names of people in their two parts, as nbgrader's lists show them."""

from __future__ import annotations

import shutil

import pytest

from autograder.course import ClassFolder
from autograder.gradebook.nbgrader import Nbgrader
from autograder.gradebook.rows import set_student
from autograder.intake.called import Called, called
from autograder.intake.names import Person
from autograder.intake.people import People


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ("Lovelace", "Ada")),
        ("Lovelace, Ada", ("Lovelace", "Ada")),
        ("张三", ("张", "三")),
        ("欧阳修", ("欧阳", "修")),
        ("Plato", ("Plato", "")),
        ("", ("", "")),
    ],
)
def test_names_have_two_parts(name, parts):
    assert Called(name=name).family_and_given == parts


def test_the_roster_is_believed_before_the_download(tmp_path):
    people = People(tmp_path)
    ids = people.ids({Person("Lovelace A", "17", "moodle"): {"lab"}, Person("Bo Ek", "18", "moodle"): {"lab"}})
    people.save()
    ada = ids[Person("Lovelace A", "17", "moodle")]
    (tmp_path / "roster.csv").write_text(f"id,name,email,moodle\n{ada},Ada Lovelace,ada@example.org,17\n")
    found = called(tmp_path)
    assert found[ada] == Called(name="Ada Lovelace", email="ada@example.org")
    assert found[ids[Person("Bo Ek", "18", "moodle")]].name == "Bo Ek"


def test_the_gradebook_gets_names_and_keeps_what_a_person_wrote(tmp_path, registered):
    state = ClassFolder(shutil.copytree(registered, tmp_path / "course"))
    with Nbgrader(state).gradebook() as gradebook:
        gradebook.add_student("bo", email="typed@example.org")
        set_student(gradebook, "bo", Called(name="Bo Ek", email="bo@example.org"))
        set_student(gradebook, "plato", Called(name="Plato"))
        set_student(gradebook, "unknown", Called())
        names = {s.id: (s.last_name, s.first_name, s.email) for s in gradebook.students}
    assert names["bo"] == ("Ek", "Bo", "typed@example.org")
    assert names["plato"] == ("Plato", "", None)  # formgrader writes `None, None` where either is not there
    assert names["unknown"] == (None, None, None)
