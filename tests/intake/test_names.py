"""Whose hand-in it is, by folder and file names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake.ids import base_id, safe_id
from autograder.intake.lms import mark_of
from autograder.intake.names import Naming, Person

NAMING = Naming(["lab2_layers", "lab3_style"], ["layers_1.py"])


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("alice_12345_assignsubmission_file_lab2.zip", Person("alice", "12345", "moodle")),
        ("Alice Smith_123_assignsubmission_file_lab.ipynb", Person("Alice Smith", "123", "moodle")),
        ("Participant_123_assignsubmission_file_lab.ipynb", Person("Participant", "123", "moodle")),
        ("smithalice_4567_89012_lab2.ipynb", Person("smithalice", "4567", "canvas")),
        ("smithalice_LATE_4567_89012_lab2.ipynb", Person("smithalice", "4567", "canvas")),
        ("smithalice_LATE_45_text.html", Person("smithalice", "45", "canvas")),
        ("smithalice_4567_question_77_89012_lab2.ipynb", Person("smithalice", "4567", "canvas")),
        ("Lab 2_alice_attempt_2025-01-31-10-30-00_lab2.ipynb", Person("alice")),
        ("lab2_layers_alice_b_smith_attempt_2025-01-31-10-30-00_lab2.ipynb", Person("alice_b_smith")),
        ("Homework_alice_b_attempt_2025-01-31-10-30-00_lab2.ipynb", Person("alice_b")),
        (
            "12-34 - Ann-Marie O - Smith - Jan 31, 2025 1030 AM - a - b.ipynb",
            Person("Ann-Marie O - Smith", "12", "brightspace"),
        ),
        ("2021K8009-张三-实验2.ipynb", Person("2021K8009-张三", "2021K8009", "school")),
        ("实验二_张三_2021k8009.ipynb", Person("2021K8009-张三", "2021K8009", "school")),
        ("PB20000001张三lab2.ipynb", Person("PB20000001-张三lab2", "PB20000001", "school")),
        ("alice_2025_0131_lab2.ipynb", Person("alice_2025_0131")),
        ("alice_lab2_final (1).zip", Person("alice")),
        ("Copy of alice_lab2.ipynb", Person("alice")),
        ("alice_lab2-checkpoint.ipynb", Person("alice")),
        ("lab2_layers-alice.ipynb", Person("alice")),
        ("alice.ipynb.txt", Person("alice")),
        ("王小明_lab2.zip", Person("王小明")),
        ("第2次实验-王小明.zip", Person("王小明")),
        ("labrador.ipynb", Person("labrador")),
    ],
)
def test_files(name, who):
    assert NAMING.person(name, is_file=True) == who


NOBODY = [
    "lab2_layers-Copy1",
    "Lab2",
    "lab2_layers (2)",
    "Copy of lab2_layers",
    "lab2_layers-checkpoint",
    "Untitled",
    "final",
]
NOBODY += [
    "Untitled12",
    "lab2_final",
    "my homework (final)",
    "实验2",
    "作业",
    "lab2_v3",
    "Lab 3 - solution",
    "lab2_2",
    "副本 lab2",
]


EXPERIMENTS = ["exp_2_1_mnist_mlp", "exp_3_1_vgg", "exp_3_3_style_transfer", "exp3-1", "code_chap_2_3", "Exp 3.1 cpu"]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_folder_of_the_courses_experiments_is_nobodys(name):
    assert NAMING.is_lab(name)
    assert NAMING.person(f"{name}_alice", is_file=False) == Person(f"{name}_alice")


@pytest.mark.parametrize("name", NOBODY)
def test_what_says_only_the_lab_or_the_state_of_the_work_is_nobody(name):
    assert NAMING.person(f"{name}.ipynb", is_file=True) is None


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Alice Smith_123_assignsubmission_file_", Person("Alice Smith", "123", "moodle")),
        ("alice+lab2_layers+2025-01-31 10:30:00 UTC", Person("alice")),
        ("alice_lab2", Person("alice_lab2")),
        ("lab2-alice", Person("lab2-alice")),
        ("alice (1)", Person("alice (1)")),
        ("7", Person("7")),
        ("stu_upload", None),
        ("lab2_layers", None),
        ("New folder (2)", None),
        ("final", None),
    ],
)
def test_folders(name, who):
    """What is no system's is its own name: two differently named folders are never one person."""
    assert NAMING.person(name, is_file=False) == who


IMITATIONS = ["alice_attempt_2025-01-31-10-30-00", "alice_12_assignsubmission_file", "alice_4567_89012", "alice_lab2"]
IMITATIONS += ["1-2 - alice - Jan 31, 2025 1030 AM", "alice+lab2+2025-01-31 10:30:00 UTC", "2021K8009-alice"]


@pytest.mark.parametrize("imitation", IMITATIONS)
@pytest.mark.parametrize(
    ("given", "who"),
    [
        ("Lab 2_mallory_attempt_2025-01-31-11-30-00_", Person("mallory")),
        ("Mallory M_12_assignsubmission_file_", Person("Mallory M", "12", "moodle")),
        ("mallory_4567_89012_", Person("mallory", "4567", "canvas")),
        ("mallory_LATE_4567_89012_", Person("mallory", "4567", "canvas")),
        ("4567-89012 - mallory - Jan 31, 2025 1030 AM - ", Person("mallory", "4567", "brightspace")),
        ("mallory+lab2+2025-01-31 11:30:00 UTC+", Person("mallory")),
    ],
)
def test_a_file_that_imitates_anothers_name_is_its_owners(given, who, imitation):
    """What the LMS writes stands first; the rest is how the student named the file."""
    assert NAMING.person(f"{given}{imitation}_lab2.ipynb", is_file=True) == who


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("1-2 - Ada - Jan 31, 2025 1030 AM", datetime(2025, 1, 31, 10, 30)),
        ("1-2 - Ada - Feb 1, 2026 900 PM", datetime(2026, 2, 1, 21)),
        ("1-2 - Ada - February 1, 2026 12_05 AM - lab2.ipynb", datetime(2026, 2, 1, 0, 5)),
        ("1-2 - Ada - 1 Feb, 2026 1:11 PM", datetime(2026, 2, 1, 13, 11)),
        ("1-2 - Ada - 2026-02-01 1311", datetime(2026, 2, 1, 13, 11)),
        ("1-2 - Ada - 31 lutego 2026", None),
        ("1-2 - Ada - 2025年1月31日 上午10:30 - lab2.ipynb", None),
        ("1-2 - Ada - 31 janv. 2025 10 h 30", None),
        ("Lab_ada_attempt_2025-01-31-23-59-59", datetime(2025, 1, 31, 23, 59, 59)),
        ("Lab_ada_attempt_2025-13-31-23-59-59", None),
        ("ada+lab2+2025-01-31 10:30:00.123456 UTC+x", datetime(2025, 1, 31, 10, 30, tzinfo=UTC)),
        ("ada_12_assignsubmission_file_", None),
    ],
)
def test_the_time_that_a_system_writes(name, when):
    assert mark_of(name).when == when


def test_canvas_says_who_is_late():
    assert mark_of("ada_LATE_12_34_lab2.ipynb").late
    assert not mark_of("ada_123_456_LATE_1_2_lab2.ipynb").late


PIECES = [
    "_",
    ".py",
    "-copy1",
    "-copy(1)",
    "(1)",
    " copy",
    "_lab2",
    "_1",
    "a_attempt_",
    "final ",
    "实验",
    "1-1 - a - ",
    "a+",
    "my_",
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("is_file", [True, False])
def test_a_name_of_any_length_is_read(piece, is_file):
    """A zip may hold such a name. Patterns that take long on it would not come back here."""
    NAMING.person(piece * 10_000 + "x", is_file=is_file)


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


@pytest.mark.parametrize(
    ("person", "student"),
    [
        (Person("Wang Wei", "101", "moodle"), "Wang_Wei_101"),
        (Person("2021K8009-张三", "2021K8009", "school"), "2021K8009-张三"),
        (Person("octocat", "octocat", "github"), "octocat"),
        (Person("O'Brien, Ann"), "O_Brien_Ann"),
        (Person("alice_lab2"), "alice_lab2"),
    ],
)
def test_an_id_is_told_by_name_and_number_alone(person, student):
    assert base_id(person) == student


@given(st.text())
def test_any_name_gives_a_safe_id(name):
    student = safe_id(name)
    assert student
    assert ".." not in student
    assert not set(student) & set("/\\*?[]{} \n")
    assert student[0] not in ".-"
    assert len(student.encode()) <= 100
    assert safe_id(student) == student
