"""Whose hand-in it is, by folder and file names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake.names import Naming, Person, safe_id, student_ids

NAMING = Naming(["lab2_layers", "lab3_style"], ["layers_1.py"])


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("alice_12345_assignsubmission_file_lab2.zip", Person("alice", "12345")),
        ("Alice Smith_123_assignsubmission_file_lab.ipynb", Person("Alice Smith", "123")),
        ("smithalice_4567_89012_lab2.ipynb", Person("smithalice", "4567")),
        ("smithalice_LATE_4567_89012_lab2.ipynb", Person("smithalice", "4567")),
        ("Lab 2_alice_attempt_2025-01-31-10-30-00_lab2.ipynb", Person("alice")),
        ("alice_lab2_final (1).zip", Person("alice")),
        ("lab2_layers-alice.ipynb", Person("alice")),
        ("alice.ipynb.txt", Person("alice")),
        ("王小明_lab2.zip", Person("王小明")),
        ("labrador.ipynb", Person("labrador")),
        ("lab2_layers-Copy1.ipynb", None),
        ("Lab2.ipynb", None),
        ("lab2_layers (2).ipynb", None),
        ("layers_1.py", None),
    ],
)
def test_files(name, who):
    assert NAMING.person(name, is_file=True) == who


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Alice Smith_123_assignsubmission_file_", Person("Alice Smith", "123")),
        ("alice_lab2", Person("alice_lab2")),
        ("stu_upload", None),
        ("lab2_layers", None),
    ],
)
def test_folders(name, who):
    assert NAMING.person(name, is_file=False) == who


IMITATIONS = ["alice_attempt_2025-01-31-10-30-00", "alice_12_assignsubmission_file", "alice_4567_89012", "alice_lab2"]


@pytest.mark.parametrize("imitation", IMITATIONS)
@pytest.mark.parametrize(
    ("given", "who"),
    [
        ("Lab 2_mallory_attempt_2025-01-31-11-30-00", Person("mallory")),
        ("Mallory M_12_assignsubmission_file", Person("Mallory M", "12")),
        ("mallory_4567_89012", Person("mallory", "4567")),
        ("mallory_LATE_4567_89012", Person("mallory", "4567")),
    ],
)
def test_a_file_that_imitates_anothers_name_is_its_owners(given, who, imitation):
    """What the LMS writes stands first; the rest is how the student named the file."""
    assert NAMING.person(f"{given}_{imitation}_lab2.ipynb", is_file=True) == who


@pytest.mark.parametrize("piece", ["_", ".py", "-copy1", "-copy(1)", "(1)", " copy", "_lab2", "_1", "a_attempt_"])
def test_a_name_of_any_length_is_read(piece):
    """A zip may hold such a name. Patterns that take long on it would not come back here."""
    assert NAMING.person(piece * 10_000 + "x", is_file=True)


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Alice Smith", "Alice_Smith"),
        ("王小明", "王小明"),
        ("../../etc/passwd", "etc_passwd"),
        ("a..b", "a.b"),
        ("-rf *", "rf"),
        (".hidden", "hidden"),
        ("Zoe\u0308", "Zo\u00eb"),
    ],
)
def test_safe_id(name, student):
    assert safe_id(name) == student


@given(st.text())
def test_any_name_gives_a_safe_id(name):
    student = safe_id(name)
    assert student
    assert ".." not in student
    assert not set(student) & set("/\\*?[]{} \n")
    assert student[0] not in ".-"
    assert len(student.encode()) <= 100
    assert safe_id(student) == student


@given(st.lists(st.builds(Person, st.text(max_size=4), st.sampled_from(["", "1", "2"])), max_size=8))
def test_no_two_people_share_an_id(people):
    ids = student_ids(people)
    assert len(set(ids.values())) == len(ids) == len(set(people))
