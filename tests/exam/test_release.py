"""The zip of an exam: it says that it is one, its named checks work, and nothing of the others is in it."""

from __future__ import annotations

import importlib
import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest import mock

import nbformat
import numpy as np
import pytest

from aics.check.reference import Reference
from aics.notebook.needs_answers import needs_answers
from autograder.authoring import release
from autograder.authoring.release import write_release
from autograder.course import Lab
from autograder.course.exam import is_notice
from autograder.intake.exams import exams_on
from tests import notebooks
from tests.authoring.tiny_lab import NAME
from tests.exam.conftest import FUTURE, PAST, RIGHT, UNTIL, set_exam
from tests.zips import unzipped

pytestmark = pytest.mark.slow
REAL = """[exam.lab2_layers]
until = 2099-01-01
checks = ["relu", "conv_backward"]
[exam.lab3_vgg19]
until = 2099-01-01
"""


def contents_of(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as file:
        return {name.removeprefix("aics-labs/"): file.read(name) for name in file.namelist()}


def arrays_of(contents: Mapping[str, bytes]) -> Iterator[np.ndarray]:
    """Every array in every file of arrays."""
    for name, content in contents.items():
        if name.endswith(".npz"):
            with np.load(io.BytesIO(content)) as file:
                yield from (file[key] for key in file.files)


@pytest.fixture(scope="module")
def contents(exam_zip):
    return contents_of(exam_zip)


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> tuple[dict[str, bytes], list[Lab]]:
    """Labs 2 and 3 as exams of a class, from the labs themselves."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "deadlines.toml").write_text(REAL)
    names = ["lab2_layers", "lab3_vgg19"]
    with mock.patch.object(release, "differences", return_value=[]):
        write_release(folder / "labs.zip", names, exams=exams_on(folder))
    return contents_of(folder / "labs.zip"), [Lab(name) for name in names]


# what it says


def test_the_notebook_and_the_readme_say_until_when_and_which_checks_work(contents, exam_zip):
    first = nbformat.reads(contents[f"labs/{NAME}/{NAME}.ipynb"].decode(), 4).cells[0]
    assert first.cell_type == "markdown"
    assert is_notice(first.source)
    for text in (first.source, contents["README.md"].decode()):
        assert f"**{NAME} is an exam until {UNTIL}.**" in text
        assert "These checks work on their public cases: `double`." in text
    assert f"{NAME} is an exam until {UNTIL}. Checks that work in its notebook: double." in (
        exam_zip.with_name("said.txt").read_text()
    )


def test_the_rest_of_the_notebook_is_the_labs_own(contents, checkout):
    own = nbformat.read(checkout.root / "labs" / NAME / f"{NAME}.ipynb", 4)
    assert nbformat.reads(contents[f"labs/{NAME}/{NAME}.ipynb"].decode(), 4).cells[1:] == own.cells


# what is in it


def expected_of(path: Path, question: str) -> list[np.ndarray]:
    known = Reference(path).question(question)
    answers = [a.values or {} for mistake in known.mistakes for a in mistake.answers]
    return [array for values in (*known.expected, *answers) for array in values.values()]


def test_no_number_that_a_left_out_check_expects_is_in_it(contents, checkout):
    private = expected_of(checkout.root / "data" / "reference" / f"{NAME}.npz", "triple")
    assert len(private) >= 4
    held = b"".join(array.tobytes() for array in arrays_of(contents))
    text = b"\n".join(content for name, content in contents.items() if not name.endswith(".npz")).decode(
        "utf-8", "replace"
    )
    for number in np.concatenate([array.ravel() for array in private]):
        assert number.tobytes() not in held
        assert number.astype(np.float32).tobytes() not in held
        assert f"{number:.6g}" not in text
    assert expected_of(checkout.root / "data" / "reference" / f"{NAME}.npz", "double")[0].tobytes() in held


def test_nothing_else_of_a_left_out_check_is_in_it(contents):
    text = b"\n".join(contents.values()).decode("utf-8", "replace")
    about = json.loads(np.load(io.BytesIO(contents[f"data/reference/{NAME}.npz"]))["about"].tobytes())
    for hint in ("x to the power of three", "cubed"):
        assert hint not in text
        assert hint not in json.dumps(about)
    assert [entry["rule"]["name"] for entry in about["questions"]] == ["double"]
    assert about["exam"] == {"until": UNTIL, "closed": [{"name": "triple", "points": 5, "bonus": False}]}
    assert not [name for name in contents if name.startswith("previews/")]


def telling(array: np.ndarray) -> bool:
    """Whether an array is like no other: one of many different numbers."""
    return array.dtype.kind == "f" and np.unique(array).size > 8


def test_of_real_labs_too_no_array_of_a_left_out_check_is_in_it(real):
    contents, (two, three) = real
    held = {array.tobytes() for array in arrays_of(contents)}
    for lab, names in (
        (two, [q for q in two.questions if q not in ("relu", "conv_backward")]),
        (three, three.questions),
    ):
        for question in names:
            arrays = [array for array in expected_of(lab.reference, question) if telling(array)]
            stored = (form.tobytes() for array in arrays for form in (array, array.astype(np.float32)))
            assert held.isdisjoint(stored), question
    told = reference_of(contents, two.name)
    assert [rule.name for rule in told.rules] == ["relu", "conv_backward"]
    known = {m.name for m in two.misconceptions if m.question in ("relu", "conv_backward")}
    assert {m.name for rule in told.rules for m in told.question(rule.name).mistakes} == known
    assert all(set(rule.builds_on) <= {"relu", "conv_backward"} for rule in told.rules)


def reference_of(contents: Mapping[str, bytes], lab: str) -> Reference:
    path = mock.Mock(read_bytes=lambda: contents[f"data/reference/{lab}.npz"])
    return Reference(path)


def test_what_a_named_check_needs_is_the_same_to_the_number(real):
    contents, (two, _) = real
    known, told = Reference(two.reference), reference_of(contents, two.name)
    for name in ("relu", "conv_backward"):
        one, other = known.question(name), told.question(name)
        assert one.rule.outputs == other.rule.outputs
        for mine, theirs in zip((*one.cases, *one.expected), (*other.cases, *other.expected), strict=True):
            for key in mine:
                np.testing.assert_array_equal(mine[key], theirs[key])
        assert [m.name for m in one.mistakes] == [m.name for m in other.mistakes]
        for mine, theirs in zip(one.mistakes, other.mistakes, strict=True):
            for answer, known_answer in zip(mine.answers, theirs.answers, strict=True):
                assert repr(answer) == repr(known_answer)
        assert len(one.pairs) == len(other.pairs)


def test_data_that_tells_what_is_right_stays_too(real):
    contents, _ = real
    assert "data/mini.mat" in contents
    assert "data/mini_features.npz" not in contents


def test_a_picture_that_needs_such_data_says_so(monkeypatch, tmp_path, capsys):
    divergence = importlib.import_module("aics.lab3_vgg19.pictures.divergence")
    monkeypatch.setattr(divergence, "data_folder", lambda: tmp_path)
    with needs_answers():
        divergence.divergence({})
    assert capsys.readouterr().out == divergence.LEFT_OUT + "\n"


def test_once_the_date_has_come_the_zip_is_the_ordinary_one(checkout, tmp_path):
    set_exam(tmp_path / "over", PAST)
    for state in ("over", "none"):
        (tmp_path / state).mkdir(exist_ok=True)
        (tmp_path / state / "own_code.toml").write_text(f"[labs]\n{NAME} = 0\n")
        to = ("--to", tmp_path / f"{state}.zip", "--no-previews")
        done = checkout.run("-m", "autograder", "release", NAME, *to, state=tmp_path / state)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "over.zip").read_bytes() == (tmp_path / "none.zip").read_bytes()
    contents = contents_of(tmp_path / "none.zip")
    assert b"exam until" not in contents["README.md"]
    assert json.loads(contents["data/own_code.json"]) == [NAME], "what else the class's folder says is heard, too"


def test_a_setting_that_cannot_be_is_one_line_and_no_zip(checkout, tmp_path):
    set_exam(tmp_path / "course", "yesterday")
    for words in (("release", NAME, "--to", tmp_path / "labs.zip"), ("build", NAME), ("grade", tmp_path)):
        done = checkout.run("-m", "autograder", *words, state=tmp_path / "course")
        assert done.returncode == 2
        assert "deadlines.toml" in done.stderr
        assert "line 8" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "labs.zip").exists()


def test_the_notebook_for_nbgraders_exchange_says_it_and_the_labs_own_does_not(checkout, tmp_path):
    set_exam(tmp_path / "course", FUTURE)
    made = checkout.run("-m", "autograder", "build", NAME, state=tmp_path / "course")
    assert made.returncode == 0, made.stderr
    given = tmp_path / "course" / "release" / NAME / f"{NAME}.ipynb"
    assert UNTIL in nbformat.read(given, 4).cells[0].source
    assert UNTIL not in (checkout.root / "labs" / NAME / f"{NAME}.ipynb").read_text()


# what a student sees


@pytest.fixture(scope="module")
def place(exam_zip, tmp_path_factory) -> Path:
    return unzipped(exam_zip, tmp_path_factory.mktemp("student"))


@pytest.fixture(scope="module")
def ran(place) -> dict[str, str]:
    """A student's run of the notebook in a kernel of the students' own: what each cell shows, by its id."""
    path = place / "labs" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        cell.source = RIGHT.get(cell.id, cell.source)
    for number, source in enumerate(('check.case("triple")', 'check.own("triple")', 'check("tripel")', "check()")):
        notebook.cells.append(nbformat.v4.new_code_cell(source, id=f"more-{number}"))
    nbformat.write(notebook, path)
    done = notebooks.run(notebook, place, path)
    return {cell.id: shown(cell) for cell in done.cells if cell.cell_type == "code"}


def shown(cell) -> str:
    said = [output.get("data", {}).get("text/plain") or output.get("evalue") or "" for output in cell.outputs]
    return "\n".join(said)


@notebooks.needs_student_environment
def test_a_named_check_shows_its_card(ran):
    assert ran["double_check"].startswith("[+] double: right, 7 / 7 points")


@notebooks.needs_student_environment
@pytest.mark.parametrize("cell", ["triple_check", "more-0", "more-1"])
def test_any_other_answers_with_one_friendly_sentence(ran, cell):
    assert ran[cell] == (
        f"This lab is an exam until {UNTIL}, and the check of triple is left out of it. Your answer is graded all the "
        "same; go on with the next one."
    )


@notebooks.needs_student_environment
def test_a_question_that_is_not_there_is_told_from_one_that_is_left_out(ran):
    assert "has no question 'tripel'. Did you mean 'triple'? It has: double, triple." in ran["more-2"]


@notebooks.needs_student_environment
def test_the_finish_line_lists_what_is_answered_and_no_sum(ran, place):
    lines = ran["more-3"].splitlines()
    assert lines[0].split() == ["[+]", "double", "right", "7", "/", "7", "points"]
    assert lines[1].split() == ["[=]", "triple", "filled", "in", "?", "/", "5", "points"]
    assert f"total: points from {UNTIL} on" in ran["more-3"]
    assert not re.search(r"/ (12|15) points", ran["more-3"])
    assert f"no points before {UNTIL}, since this lab is an exam" in ran["more-3"]
    receipt = json.loads((place / "labs" / NAME / f"{NAME}.receipt.json").read_text())
    assert (receipt["points"], receipt["of"], receipt["bonus"], receipt["questions"]) == (None, None, None, {})
    assert set(receipt["answers"]) == {"double_code", "triple_code", "why"}


@notebooks.needs_student_environment
@pytest.mark.usefixtures("ran")
def test_aics_check_and_pack_say_no_more(place):
    path = place / "labs" / NAME / f"{NAME}.ipynb"
    environment = os.environ | {"PYTHONPATH": str(place / "labs"), "COLUMNS": "200"}

    def aics(*words: object) -> str:
        command = [notebooks.PYTHON, "-m", "aics.cli", *map(str, words)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert "Traceback" not in done.stderr
        return done.stdout

    said = aics("check", path)
    assert f"total: points from {UNTIL} on" in said
    assert "[=] triple" in said
    assert ".handin.zip" in aics("pack", path)
