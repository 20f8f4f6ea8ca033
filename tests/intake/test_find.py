"""find_handins: whatever was handed in, who it is of, and what to say of the rest."""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.intake.deadlines import Deadlines
from autograder.intake.find import find_handins
from autograder.intake.handin import one_line
from tests.intake.files import LAYERS_1, found, refused, students, write, write_zip
from tests.intake.release import ANSWERS, SIZE, as_bytes, by_id, code, release, shape, solved
from tests.intake.test_repair import json_values

LAYOUTS = {
    "folder each": ["alice/lab9_small.ipynb", "bob/deep/er/lab9_small.ipynb"],
    "nbgrader": ["alice/lab9_small/lab9_small.ipynb", "bob/lab9_small/lab9_small.ipynb"],
    "files": ["alice.ipynb", "bob_lab9.ipynb"],
    "moodle files": [
        "alice_12_assignsubmission_file_lab9_small.ipynb",
        "bob_13_assignsubmission_file_lab9.ipynb",
    ],
    "moodle folders": [
        "alice_12_assignsubmission_file_/lab9_small.ipynb",
        "bob_13_assignsubmission_file/lab9_small.ipynb",
    ],
    "canvas": ["alice_1234_5678_lab9.ipynb", "bob_LATE_1235_5679_lab9.ipynb"],
    "attempts": [
        "lab9_alice_attempt_2025-01-31-10-30-00_lab9_small.ipynb",
        "lab9_bob_attempt_2025-01-31-10-30-00_lab9_small.ipynb",
    ],
}
#: Where the system has numbers, they are part of the ids.
NUMBERS = {"moodle files": ("_12", "_13"), "moodle folders": ("_12", "_13"), "canvas": ("_1234", "_1235")}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("packed", ["folder", "zip", "zip of the folder", "folder above"])
def test_layouts(tmp_path, layout, packed):
    files, ends = LAYOUTS[layout], NUMBERS.get(layout, ("", ""))
    if packed.startswith("folder"):
        for name in files:
            write(tmp_path / "class" / "downloads" / name)
        path = tmp_path / "class" if packed == "folder above" else tmp_path / "class" / "downloads"
    else:
        top = "class/" if packed == "zip of the folder" else ""
        path = write_zip(tmp_path / "class.zip", {top + name: solved() for name in files})
    assert students(path) == [f"alice{ends[0]}", f"bob{ends[1]}"]


@pytest.mark.parametrize(
    "above", ["x/y", "x/lab9-handed-in/submissions", "lab9_small", "Lab 9 Download Jan 31, 2025", "submissions"]
)
def test_a_class_some_folders_deeper_is_still_a_class(tmp_path, above):
    """Nothing that lies in differently named folders is set aside as an older attempt of one student."""
    for name in ("lab9-ada", "lab9-bo"):
        write(tmp_path / "in" / above / name / "lab9_small.ipynb")
    assert students(tmp_path / "in") == ["lab9-ada", "lab9-bo"]


@pytest.mark.parametrize("name", ["Moodle course-Lab 9-123.zip", "gradebook_2025.zip", "submissions.zip", "lab9.zip"])
def test_a_systems_zip_in_a_folder_is_a_class(tmp_path, name):
    files = ("ada_12_assignsubmission_file_/lab9_small.ipynb", "bo_LATE_123_456_lab9_small.ipynb")
    write_zip(tmp_path / "in" / name, {file: solved() for file in files})
    assert students(tmp_path / "in") == ["ada_12", "bo_123"]


def test_a_systems_download_is_a_class_beside_anything(tmp_path):
    for number in (12, 13):
        write(tmp_path / "in" / "CS101-Lab 9-77" / f"Li Na_{number}_assignsubmission_file_" / "lab9_small.ipynb")
    write(tmp_path / "in" / "bob.ipynb")
    handins, _ = found(tmp_path / "in")
    assert [handin.student for handin in handins] == ["Li_Na_12", "Li_Na_13", "bob"]


def test_a_student_cannot_pass_for_another_inside_the_own_zip(tmp_path):
    inside = {"alice_12_assignsubmission_file_/lab9_small.ipynb": solved()}
    write_zip(tmp_path / "in" / "mallory.zip", inside)
    write_zip(tmp_path / "in" / "alice_12_assignsubmission_file_x.zip", {"lab9_small.ipynb": solved()})
    assert students(tmp_path / "in") == ["alice_12", "mallory"]


def test_sections_of_a_class_are_no_students(tmp_path):
    for name in ("groupA/ada", "groupA/bo", "groupB/cy", "groupB/dan"):
        write(tmp_path / "in" / name / "lab9_small.ipynb")
    assert students(tmp_path / "in") == ["ada", "bo", "cy", "dan"]


@pytest.mark.parametrize("student", ["test", "2021K8009-x-y", "submission_7", "lab9"])
def test_where_nbgrader_keeps_hand_ins_folders_are_named_by_ids(tmp_path, student):
    write(tmp_path / "submitted" / student / "lab9_small" / "lab9_small.ipynb")
    (handin,), _ = find_handins(tmp_path / "submitted", [shape()], by_id=True)
    assert handin.student == student


def test_what_lies_in_differently_named_folders_is_not_set_aside_without_a_word(tmp_path):
    for name in ("group/ada", "group/bo", "cy"):
        write(tmp_path / "in" / name / "lab9_small.ipynb")
    handins, (remark,) = found(tmp_path / "in")
    assert [handin.student for handin in handins] == ["cy", "group"]
    assert "if ada and bo are two people, grade the folder group by itself" in remark.sentence


@pytest.mark.parametrize("inside", ["alice/lab9_small", "alice/stuff/try1", "alice/final"])
def test_a_students_own_folders_are_no_people(tmp_path, inside):
    write(tmp_path / "in" / inside / "lab9_small.ipynb")
    write(tmp_path / "in" / "bob" / "lab9_small.ipynb")
    assert students(tmp_path / "in") == ["alice", "bob"]


def test_a_student_cannot_pass_for_another_inside_the_own_folder(tmp_path):
    write(tmp_path / "in" / "alice_12_assignsubmission_file_" / "lab9_small.ipynb")
    write(
        tmp_path / "in" / "mallory_13_assignsubmission_file_" / "alice_12_assignsubmission_file_" / "lab9_small.ipynb"
    )
    write(tmp_path / "in" / "mallory" / "alice_12_assignsubmission_file_" / "lab9_small.ipynb")
    assert students(tmp_path / "in") == ["alice_12", "mallory", "mallory_13"]


def test_a_group_on_gradescope_is_graded_for_each(tmp_path):
    write(tmp_path / "in" / "submission_1" / "lab9_small.ipynb")
    people = "".join(f"  - :name: {name}\n    :sid: '{number}'\n" for name, number in (("Ada", 1), ("Bo", 2)))
    write(tmp_path / "in" / "submission_metadata.yml", f"submission_1:\n  :submitters:\n{people}")
    assert students(tmp_path / "in") == ["Ada_1", "Bo_2"]


@pytest.mark.parametrize("text", ["", "{", "a: [", "- 1", "submission_1: 3", "submission_1:\n  :submitters: 3", "\0"])
def test_metadata_that_cannot_be_read_costs_nobody(tmp_path, text):
    write(tmp_path / "in" / "submission_1" / "lab9_small.ipynb")
    write(tmp_path / "in" / "submission_metadata.yml", text)
    assert students(tmp_path / "in") == ["submission_1"]


def test_nbgraders_timestamp_is_the_time_of_handing_in(tmp_path):
    write(tmp_path / "in" / "alice" / "lab9_small" / "lab9_small.ipynb")
    write(tmp_path / "in" / "alice" / "lab9_small" / "timestamp.txt", "2025-01-31 18:30:00.5 Asia/Shanghai")
    (handin,), _ = found(tmp_path / "in")
    assert handin.handed_in == datetime(2025, 1, 31, 10, 30, 0, 500_000, tzinfo=UTC)


@pytest.mark.parametrize("student", ["Ada_12_assignsubmission_file_", "1-2 - Ada - Jan 31, 2025 1030 AM"])
def test_a_students_own_timestamp_counts_for_nothing(tmp_path, student):
    write(tmp_path / "in" / student / "lab9_small.ipynb")
    write(tmp_path / "in" / student / "timestamp.txt", "2020-01-01 00:00:00 UTC")
    (handin,), _ = found(tmp_path / "in")
    assert handin.handed_in in (None, datetime(2025, 1, 31, 10, 30).astimezone(UTC))


def test_a_zip_says_when_its_files_were_made(tmp_path):
    info = zipfile.ZipInfo("lab9_small.ipynb", (2025, 1, 31, 10, 30, 0))
    write_zip(tmp_path / "in" / "alice.zip", {info: solved()})
    handins, _ = find_handins(tmp_path / "in", [shape()], deadlines=Deadlines(zone=ZoneInfo("Asia/Shanghai")))
    assert handins[0].handed_in == datetime(2025, 1, 31, 2, 30, tzinfo=UTC)


def test_a_zip_within_the_systems_zip_does_not_say_when_it_was_handed_in(tmp_path):
    """A student sets its times at will: a late hand-in would be early."""
    write_zip(tmp_path / "own.zip", {zipfile.ZipInfo("lab9_small.ipynb", (2020, 1, 1, 0, 0, 0)): solved()})
    info = zipfile.ZipInfo("Ada Byron_101_assignsubmission_file_/own.zip", (2025, 1, 31, 10, 30, 0))
    write_zip(tmp_path / "class.zip", {info: (tmp_path / "own.zip").read_bytes()})
    handins, _ = find_handins(tmp_path / "class.zip", [shape()], deadlines=Deadlines(zone=ZoneInfo("Asia/Shanghai")))
    assert handins[0].handed_in == datetime(2025, 1, 31, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("byronada_44101_901001_lab9_small.ipynb", False),
        ("byronada_LATE_44101_901001_lab9_small.ipynb", False),
        ("Ada Byron_101_assignsubmission_file_lab9_small.ipynb", True),
    ],
)
def test_canvas_dates_what_it_packs_by_the_download(tmp_path, name, known):
    """That time would make everybody late."""
    info = zipfile.ZipInfo(name, (2025, 1, 31, 10, 30, 0))
    write_zip(tmp_path / "submissions.zip", {info: solved()})
    (handin,), _ = found(tmp_path / "submissions.zip")
    assert bool(handin.handed_in) == known


ATTEMPTS = {f"Lab 9_ada_attempt_2025-0{month}-01-10-00-00_lab9.ipynb": str(month) for month in (1, 2, 3)}
DUE = {"lab9_small": datetime(2025, 2, 15, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("rule", "graded", "why"),
    [
        ({}, "3", "it is newer"),
        ({"attempt": "first"}, "1", "the first attempt counts"),
        ({"attempt": "in time", "due": DUE}, "2", "it is the newest in time"),
        ({"attempt": "in time"}, "3", "it is newer"),
    ],
)
def test_which_attempt_counts_is_a_setting(tmp_path, rule, graded, why):
    for name, month in ATTEMPTS.items():
        write(tmp_path / "in" / name, solved(why=month))
    (handin,), remarks = find_handins(tmp_path / "in", [shape()], deadlines=Deadlines(**rule))
    assert by_id(handin.notebook, "why").source == graded
    assert len(remarks) == 2
    assert any(why in remark.sentence for remark in remarks)


@pytest.mark.parametrize("place", ["alice/.ipynb_checkpoints", "alice/lab2/.ipynb_checkpoints"])
def test_jupyters_own_copies_are_no_empty_folder(tmp_path, place):
    write(tmp_path / place / "lab9_small-checkpoint.ipynb", solved())
    write(tmp_path / "bo" / "lab9_small.ipynb", solved())
    (handin,), (remark,) = found(tmp_path)
    assert (handin.student, remark.student) == ("bo", "alice")
    assert "only Jupyter's own copies, in .ipynb_checkpoints, are there" in remark.sentence


def test_folder_of_zips(tmp_path):
    write_zip(tmp_path / "in" / "alice_12345_assignsubmission_file_lab9.zip", {"lab9_small.ipynb": solved()})
    write_zip(tmp_path / "in" / "bob.zip", {"bob/lab9_small/lab9_small.ipynb": solved()})
    write_zip(tmp_path / "in" / "carol" / "x.zip", {"lab9_small.ipynb": solved()})
    assert students(tmp_path / "in") == ["alice_12345", "bob", "carol"]


def test_zip_of_zips(tmp_path):
    inner = write_zip(tmp_path / "i.zip", {"lab9_small.ipynb": solved()}).read_bytes()
    assert students(write_zip(tmp_path / "class.zip", {"alice_lab9.zip": inner, "bob.zip": inner})) == ["alice", "bob"]


@pytest.mark.parametrize("name", ["alice.ipynb", "alice/lab9_small.ipynb", "alice/lab9_small/lab9_small.ipynb"])
def test_one_notebook(tmp_path, name):
    assert students(write(tmp_path / name)) == ["alice"]


@pytest.mark.parametrize("files", [["alice/lab9_small.ipynb"], ["lab9_small.ipynb"], ["lab9_small/lab9_small.ipynb"]])
def test_one_students_zip(tmp_path, files):
    assert students(write_zip(tmp_path / "alice.zip", dict.fromkeys(files, solved()))) == ["alice"]


@pytest.mark.parametrize("files", [["lab9_small.ipynb"], ["lab9_small/lab9_small.ipynb"], ["stu_upload/layers_1.py"]])
def test_one_students_folder(tmp_path, files):
    for name in files:
        write(tmp_path / "alice" / name, LAYERS_1 if name.endswith("py") else None)
    assert students(tmp_path / "alice") == ["alice"]


def test_stu_upload(tmp_path):
    write(tmp_path / "alice" / "stu_upload" / "layers_1.py", LAYERS_1)
    (handin,), remarks = found(tmp_path)
    assert (handin.student, handin.lab, remarks) == ("alice", "lab9_small", [])
    assert by_id(handin.notebook, "relu_code").source == LAYERS_1.strip()


def test_stu_upload_python_2(tmp_path):
    write(tmp_path / "alice" / "stu_upload" / "layers_1.py", LAYERS_1)
    write(tmp_path / "alice" / "stu_upload" / "layers_2.py", "class FlattenLayer:\n    def f(self):\n        print 'x'")
    (handin,), _ = found(tmp_path)
    assert "def forward" in by_id(handin.notebook, "relu_code").source
    assert "print('x')" in by_id(handin.notebook, "flatten_code").source
    assert "layers_2.py, line 3: `print` read as Python 2's statement" in handin.remarks


def test_a_notebook_is_graded_before_its_own_export(tmp_path):
    write(tmp_path / "alice" / "lab9_small.ipynb", when=1_700_000_000)
    write(tmp_path / "alice" / "stu_upload" / "layers_1.py", LAYERS_1, when=1_700_000_009)
    (handin,), (remark,) = found(tmp_path)
    assert by_id(handin.notebook, "why").source == ANSWERS["why"]
    assert "set aside" in remark.sentence
    assert "lab9_small.ipynb is graded" in remark.sentence


def test_course_files_are_graded_before_an_untouched_notebook(tmp_path):
    write(tmp_path / "alice" / "lab9_small.ipynb", release())
    write(tmp_path / "alice" / "stu_upload" / "layers_1.py", LAYERS_1)
    (handin,), _ = found(tmp_path)
    assert handin.original.endswith("stu_upload")


def test_the_newest_is_graded(tmp_path):
    write(tmp_path / "alice" / "a.ipynb", solved(why="new"), when=1_700_000_009)
    write(tmp_path / "alice" / "lab9_small.ipynb", solved(why="old"), when=1_700_000_000)
    (handin,), (remark,) = found(tmp_path)
    assert by_id(handin.notebook, "why").source == "new"
    assert remark.path.endswith("lab9_small.ipynb")
    assert "it is newer" in remark.sentence


def test_of_the_same_time_the_last_by_name_is_graded(tmp_path):
    for name in "ab":
        write(tmp_path / "alice" / f"lab9_{name}.ipynb", solved(why=name), when=1_700_000_000)
    (handin,), _ = found(tmp_path)
    assert by_id(handin.notebook, "why").source == "b"


def test_renamed_notebook_is_recognised(tmp_path):
    write(tmp_path / "alice" / "final.ipynb")
    (handin,), _ = found(tmp_path)
    assert handin.remarks == ["final.ipynb is lab9_small, recognised by its cells"]


def test_notebook_without_metadata_is_recognised(tmp_path):
    notebook = solved()
    for cell in notebook.cells:
        cell.metadata = {}
        del cell["id"]
    write(tmp_path / "alice" / "lab9_small.ipynb", notebook)
    (handin,), _ = found(tmp_path)
    assert by_id(handin.notebook, "output_size_code").source == SIZE


def test_two_people_with_one_name_stay_two(tmp_path):
    for number in (7, 8):
        write(tmp_path / f"Li Wei_{number}_assignsubmission_file_" / "lab9_small.ipynb")
    for name in ("eve!", "eve?", "eve"):
        write(tmp_path / name / "lab9_small.ipynb")
    handins, (remark,) = found(tmp_path)
    names = [handin.student for handin in handins]
    assert names[:3] == ["Li_Wei_7", "Li_Wei_8", "eve"]
    assert len(set(names)) == 5
    assert (remark.student, "the name of Li_Wei_7" in remark.sentence) == ("Li_Wei_8", True)


def test_syntax_error_is_said(tmp_path):
    write(tmp_path / "alice" / "lab9_small.ipynb", solved(relu_code="%matplotlib inline\nx = 1\ndef f(:\n  pass"))
    (handin,), _ = found(tmp_path)
    assert any(r.startswith("relu_code is not Python 3: line 3, `def f(:`") for r in handin.remarks), handin.remarks


@pytest.mark.parametrize(
    "text",
    [
        ">>> def relu():\n...     return 1",
        "In [3]: x = 1\n   ...: y = 2",
        "\n    x = 1\n    y = 2",
        "!pip install numpy\nx = 1",
    ],
)
def test_what_ipython_runs_is_no_complaint(tmp_path, text):
    write(tmp_path / "alice" / "lab9_small.ipynb", solved(relu_code=text))
    (handin,), _ = found(tmp_path)
    assert not any("not Python 3" in remark for remark in handin.remarks)


def test_a_text_that_crashes_the_parser(tmp_path):
    bombs = {"relu_code": "x = " + "-" * 150_000 + "1", "output_size_code": "(" * 150_000}
    write(tmp_path / "alice" / "lab9_small.ipynb", solved(**bombs))
    (handin,), _ = found(tmp_path)
    assert sum("not Python 3" in remark for remark in handin.remarks) == 2


@pytest.mark.parametrize("blanks", ["except" + " " * 199_000 + "x", "print " * 33_000, "raise " + "a." * 99_000 + " ,"])
def test_a_text_that_a_pattern_could_take_hours_for(tmp_path, blanks):
    write(tmp_path / "alice" / "lab9_small.ipynb", solved(relu_code=blanks, output_size_code=blanks))
    (handin,), _ = found(tmp_path)
    assert sum("not Python 3" in remark for remark in handin.remarks) == 2


BAD = {
    "docx": (b"PK\x03\x04 word", "a zip archive or an Office document"),
    "image": (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
    "html": (b"<!DOCTYPE html><p>Log in", "a web page"),
    "binary": (bytes(range(128, 256)), "not even text"),
    "python": (b"import numpy\n", "starts with `import numpy`"),
    "empty": (b" \n", "is empty"),
    "broken": (b'{"cells": [\n  {"a" 1}]}', "broken JSON at line 2, column 8"),
    "cut": (as_bytes(solved())[:200], "broken JSON at line 1"),
    "zeros": (bytes(5000), "zero bytes only"),
    "large file storage": (b"version https://git-lfs.github.com/spec/v1\noid", "what Git LFS keeps in its place"),
    "bomb": (b'{"cells":' + b"[" * 1_000_000, "nested too deeply"),
    "object bomb": (b'{"cells":' * 100_000, "nested too deeply"),
    "many values": (b'{"cells":[' + b"[]," * 2_100_000 + b"1]}", "too many JSON values"),
    "long number": (b'{"cells": ' + b"9" * 5000 + b"}", "broken JSON"),
    "no cells": (b'{"a": 1}', "it has no cells"),
    "cells null": (b'{"cells": null, "nbformat": NaN}', "not a notebook of any lab"),
    "other lab": (as_bytes({"cells": [code("x = 1")], "nbformat": 4}), "not a notebook of any lab"),
    "large": (b'{"cells": [], "x": "' + b" " * 20_000_000 + b'"}', "larger than 20 MB"),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("packed", [False, True])
def test_bad_notebook(tmp_path, content, sentence, packed):
    if packed:
        write_zip(tmp_path / "alice" / "x.zip", {"lab9_small.ipynb": content})
    else:
        write(tmp_path / "alice" / "lab9_small.ipynb", content)
    refused(tmp_path, sentence)


@pytest.mark.parametrize(
    "name",
    [
        *("lab9_small.ipynb.txt", "lab9_small.ipynb.json", "lab9_small.ipynb.download", "lab9_small.ipynb.bak"),
        *("lab9_small.ipynb (1)", "lab9_small.ipynb.1", "lab9_small.ipynb~", "LAB9.IPYNB", "lab9_small .ipynb"),
        *("lab9_small", "lab9.txt", "my homework.txt", "notebook.json"),
    ],
)
def test_a_notebook_under_another_ending(tmp_path, name):
    """Windows hides endings, browsers and mailers add some."""
    write(tmp_path / "alice" / name)
    assert students(tmp_path) == ["alice"]


@pytest.mark.parametrize(
    ("name", "who"), [("alice.txt", "alice"), ("bob_lab9.ipynb (1)", "bob"), ("carol_lab9", "carol")]
)
def test_such_a_file_is_named_after_its_student(tmp_path, name, who):
    write(tmp_path / "in" / name)
    assert students(tmp_path / "in") == [who]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        *(("lab9.rar", "hand in a zip, or the notebook itself"), ("lab9.tar.gz", "hand in a zip")),
        *(("lab9_small.html", "a web page"), ("lab9_small.pdf", "a print"), ("lab9_small.py", "a script")),
        *(("lab9.docx", "a document"), ("lab9_small.ipynb.lnk", "a link"), ("lab9.url", "a link")),
        *(("link.txt", "text"), ("lab9_small.ipynb.crdownload", "not finished"), ("screen.PNG", "a picture")),
    ],
)
def test_what_to_hand_in_instead_is_said(tmp_path, name, sentence):
    write(tmp_path / "alice" / name, "https://example.org")
    refused(tmp_path, f"among {name}; ")
    refused(tmp_path, sentence)


def test_an_archive_of_another_kind_is_named(tmp_path):
    write(tmp_path / "alice" / "lab9.zip", b"Rar!\x1a\x07" + bytes(100))
    refused(tmp_path, "is a RAR archive by another name")


@pytest.mark.parametrize(
    "name",
    [
        *("layers_1 (1).py", "layers_1(2).py", "layers_1 - Copy.py", "layers_1.py.txt", "layers_1副本.py"),
        *("Layers_1.py", "LAYERS_1.PY", "layers1.py", "layers-1.py", "layers_1_final.py", "layers_1_最终版.py"),
    ],
)
def test_a_copy_of_a_course_file_is_that_file(tmp_path, name):
    write(tmp_path / "alice" / "stu_upload" / name, LAYERS_1)
    assert students(tmp_path) == ["alice"]
    write(tmp_path / "alice" / "stu_upload" / "layers_1.py", LAYERS_1)
    (handin,), remarks = found(tmp_path)
    assert not any("not Python 3" in remark for remark in handin.remarks)
    assert all("layers_1.py is graded" in remark.sentence for remark in remarks)


@pytest.mark.parametrize("beside", [True, False])
def test_a_course_file_that_no_lab_asks_for_is_named(tmp_path, beside):
    write(tmp_path / "alice" / "stu_upload" / "mnist_mlp_demo.py", "import pycnnl")
    if beside:
        write(tmp_path / "alice" / "stu_upload" / "layers_1.py", LAYERS_1)
    handins, (remark,) = found(tmp_path)
    assert len(handins) == beside
    assert (remark.student, remark.path.rsplit("/", 1)[1]) == ("alice", "mnist_mlp_demo.py")
    assert remark.sentence == "is a file of the original course that no lab here asks for: not graded"


def test_such_a_file_names_nobody(tmp_path):
    write(tmp_path / "in" / "mnist_mlp_demo.py", "import pycnnl")
    write(tmp_path / "in" / "alice.ipynb")
    (handin,), (remark,) = found(tmp_path / "in")
    assert (handin.student, remark.student) == ("alice", "")


def test_a_notebook_as_jupyters_server_sends_it(tmp_path):
    write(
        tmp_path / "alice" / "lab9_small.ipynb", {"name": "lab9_small.ipynb", "type": "notebook", "content": solved()}
    )
    assert students(tmp_path) == ["alice"]


def test_nbformat_3(tmp_path):
    cells = [
        {
            "cell_type": c.cell_type,
            "metadata": c.metadata,
            "input" if c.cell_type == "code" else "source": c.source.splitlines(True),
        }
        for c in solved().cells
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    write(tmp_path / "alice" / "lab9_small.ipynb", old)
    (handin,), _ = found(tmp_path)
    assert handin.remarks == ["notebook format 3: read as format 4"]
    assert {name: by_id(handin.notebook, name).source for name in ANSWERS} == ANSWERS


def test_odd_cells_do_not_cost_the_good_ones(tmp_path):
    notebook = solved()
    notebook.cells += [None, 5, {"source": 7}, {"source": ["a", 1]}, {"cell_type": "odd"}, {"source": "b = 1"}]
    raw = as_bytes(notebook).replace(b"Because.", b"Beca\xffuse \\ud800 \\u0000.")
    write(tmp_path / "alice" / "lab9_small.ipynb", raw)
    (handin,), _ = found(tmp_path)
    assert by_id(handin.notebook, "relu_code").source == ANSWERS["relu_code"]
    assert by_id(handin.notebook, "why").source == "Beca\ufffduse \ufffd \ufffd."
    assert any("not UTF-8" in remark for remark in handin.remarks)


def test_utf_16_and_byte_order_mark(tmp_path):
    text = json.dumps(solved())
    write(tmp_path / "alice" / "lab9_small.ipynb", text.encode("utf-16"))
    write(tmp_path / "bob" / "lab9_small.ipynb", text.encode("utf-8-sig"))
    assert students(tmp_path) == ["alice", "bob"]


def test_100_000_cells(tmp_path):
    notebook = solved()
    notebook.cells = [{"cell_type": "code", "source": f"a{i}"} for i in range(100_000)] + notebook.cells
    write(tmp_path / "alice" / "lab9_small.ipynb", notebook)
    (handin,), _ = found(tmp_path)
    assert by_id(handin.notebook, "why").source == ANSWERS["why"]
    assert len(handin.notebook.cells) < 1100


def test_empty_folder_and_useless_files(tmp_path):
    (tmp_path / "alice").mkdir()
    write(tmp_path / "carol" / "report.docx", b"PK")
    refused(tmp_path, "nothing to grade of alice: the folder is empty")
    refused(tmp_path, "nothing to grade of carol: no notebook, zip or layers_*.py among report.docx")


@pytest.mark.parametrize("name", [".alice", "..alice", "\u200b"])
def test_a_hidden_hand_in_is_said(tmp_path, name):
    write(tmp_path / "in" / name / "lab9_small.ipynb")
    refused(tmp_path / "in", "is hidden, because its name ")
    archive = write_zip(
        tmp_path / "class.zip", {f"{name}/lab9_small.ipynb": solved(), "zoe/lab9_small.ipynb": solved()}
    )
    (handin,), (remark,) = found(archive)
    assert handin.student == "zoe"
    assert "is hidden" in remark.sentence


@pytest.mark.parametrize("name", [".DS_Store", "._alice.ipynb", ".ipynb_checkpoints/lab9_small-checkpoint.ipynb"])
def test_what_systems_leave_behind_is_passed_over(tmp_path, name):
    write(tmp_path / "alice" / "lab9_small.ipynb")
    write(tmp_path / name)
    assert students(tmp_path) == ["alice"]


def test_empty_zip(tmp_path):
    write_zip(tmp_path / "alice.zip", {})
    refused(tmp_path, "nothing to grade of alice")


def test_links_are_not_followed(tmp_path):
    secret = write(tmp_path / "secret.ipynb")
    (tmp_path / "in" / "alice").mkdir(parents=True)
    (tmp_path / "in" / "alice" / "lab9_small.ipynb").symlink_to(secret)
    (tmp_path / "in" / "eve").symlink_to(tmp_path)
    refused(tmp_path / "in", "is a link: links are not followed")
    assert len(found(tmp_path / "in")[1]) == 2


def test_pipe_is_refused(tmp_path):
    (tmp_path / "alice").mkdir()
    os.mkfifo(tmp_path / "alice" / "lab9_small.ipynb")
    refused(tmp_path, "is not a plain file")


def test_unreadable_file(tmp_path, monkeypatch):
    bad = write(tmp_path / "alice" / "lab9_small.ipynb")
    real = os.open
    deny = PermissionError(13, "Permission denied")
    monkeypatch.setattr(os, "open", lambda p, *a, **k: (_ for _ in ()).throw(deny) if p == bad else real(p, *a, **k))
    refused(tmp_path, "cannot be read (Permission denied)")


def test_no_such_path(tmp_path):
    handins, (remark,) = found(tmp_path / "nowhere")
    assert handins == []
    assert "no such file" in remark.sentence


def test_originals_are_not_changed(tmp_path):
    files = [write(tmp_path / "alice" / "lab9_small.ipynb", b"{broken"), write(tmp_path / "bob" / "lab9_small.ipynb")]
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    found(tmp_path)
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in files] == before
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == files


def test_remarks_are_not_flooded(tmp_path):
    write_zip(tmp_path / "alice.zip", {f"{i}.ipynb": b"{" for i in range(500)})
    _, remarks = found(tmp_path)
    assert len(remarks) == 21
    assert "480 more remarks" in remarks[-1].sentence


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        json_values.map(as_bytes),
        st.binary(max_size=60),
        json_values.map(lambda value: as_bytes({"cells": [value, *solved().cells], "metadata": value})),
    )
)
def test_any_content_is_survived(tmp_path, content):
    write(tmp_path / "alice" / "lab9_small.ipynb", content)
    write(tmp_path / "alice" / "x.zip", content)
    write(tmp_path / "alice" / "stu_upload" / "layers_1.py", content)
    found(tmp_path)


PIECE = st.sampled_from(
    [
        "lab9_small",
        "实验9",
        "ada",
        "_",
        "-",
        "+",
        ".",
        "(",
        ")",
        "2021K8009",
        "final",
        "submission_7",
        "_12_assignsubmission_file_",
        "_LATE_12_345_",
        "_attempt_2025-01-31-10-30-00",
        "3-4_-_",
        "lab9-submissions",
        "assignment_7_export",
        "inbound",
        ".ipynb",
        ".zip",
        ".txt",
        "�",
        "\u202e",
    ]
)
NAME = st.lists(PIECE, min_size=1, max_size=5).map(lambda pieces: "".join(pieces).replace("_-_", " - ")[:60])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(NAME, min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_names_are_survived_and_nothing_is_lost(tmp_path_factory, paths):
    """Every notebook is graded, or a line says why not."""
    folder = tmp_path_factory.mktemp("in")
    written = set()
    for parts in paths:
        with contextlib.suppress(OSError):  # a file where a folder should be
            written.add(str(write(folder.joinpath(*parts, "lab9_small.ipynb"))))
    handins, remarks = found(folder)
    spoken = {handin.original for handin in handins} | {remark.path for remark in remarks}
    hidden = {path for path in written if any(p.startswith(".") or not one_line(p) for p in path.split("/")[1:])}
    assert {one_line(path, 300) for path in written - hidden} <= spoken
