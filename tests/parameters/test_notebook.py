"""What a student has: the release, the command that makes a notebook one's own, and its checks."""

from __future__ import annotations

import json
import re
import shutil
import zipfile

import pytest

from aics.language import speaking
from aics.parameters.own_notebook import FIRST, OPENED, first_line, opened_for, student_in, student_of
from autograder.authoring.own_release import own_release
from autograder.course import Lab
from tests.parameters.conftest import LAB, QUESTIONS, aics, hand_in, solved, text


def cells_of(path):
    return {cell["id"]: text(cell) for cell in json.loads(path.read_text("utf-8"))["cells"]}


@pytest.fixture
def home(unzipped, tmp_path):
    """A student's folder, fresh for each test; data and package are the release's."""
    for name in ("data", "labs"):
        shutil.copytree(unzipped / name, tmp_path / name, symlinks=True)
    return tmp_path


def test_the_three_of_the_class_differ_from_one_another(released):
    drawn = [released.own(student).drawn for student in ("ada", "bob", "cem")]
    assert all(len({each[place] for each in drawn}) == 3 for place in range(len(QUESTIONS)))


def test_aics_mine_writes_the_notebook_that_the_instructor_writes(home, released):
    notebook = home / "labs" / LAB / f"{LAB}.ipynb"
    done = aics(home, "mine", "ada")
    assert done.returncode == 0, done.stderr
    assert f"{LAB}.ipynb: drawn for ada: center_crop, random_resized_crop, color_jitter" in done.stdout
    assert cells_of(notebook) == cells_of(released.notebook("ada"))


def test_number_login_and_address_lead_to_the_same_parameters(home, released):
    notebook = home / "labs" / LAB / f"{LAB}.ipynb"
    aics(home, "mine", "ADA@example.org", notebook)
    mine, hers = cells_of(notebook), cells_of(released.notebook("ada"))
    assert {name for name in mine if mine[name] != hers[name]} == {"setup_given"}, "which says the name that was typed"


def test_texts_stubs_and_looks_follow_the_parameters_and_nothing_else_does(released):
    plain, mine = cells_of(released.own("bob").released), cells_of(released.notebook("bob"))
    own = {cell.id: cell.source for cell in own_release(released.own("bob")).cells}
    assert [name for name in mine if mine[name] != own[name]] == ["setup_given"]
    stubs = {f"{question}_code" for question in QUESTIONS}
    assert stubs <= {name for name in mine if mine[name] != plain[name]}
    for question in QUESTIONS:
        drawn = released.own("bob").drawn_of(question)
        assert mine[f"{question}_code"].startswith(f"# {question}, drawn for you: ")
        assert all(str(value) in mine[f"{question}_code"].splitlines()[0] for value in drawn.values())


def test_what_is_filled_in_stays_and_is_said(home):
    notebook = home / "labs" / LAB / f"{LAB}.ipynb"
    begun = json.loads(notebook.read_text("utf-8"))
    (stub,) = [cell for cell in begun["cells"] if cell["id"] == "center_crop_code"]
    stub["source"] = "def center_crop(image, height, width):\n    return image[:height, :width]\n"
    notebook.write_text(json.dumps(begun))
    done = aics(home, "mine", "bob", notebook)
    assert "the cell of center_crop is filled in already" in done.stdout
    assert cells_of(notebook)["center_crop_code"].endswith("return image[:height, :width]\n")
    assert cells_of(notebook)["center_crop_code"].startswith("# center_crop, drawn for you: ")


def test_doing_it_twice_changes_nothing_more_and_for_somebody_else_is_refused(home):
    notebook = home / "labs" / LAB / f"{LAB}.ipynb"
    aics(home, "mine", "bob", notebook)
    once = notebook.read_text("utf-8")
    assert aics(home, "mine", "bob", notebook).returncode == 0
    assert notebook.read_text("utf-8") == once
    done = aics(home, "mine", "cem", notebook)
    assert done.returncode == 1
    assert done.stderr.strip() == f"{LAB} was drawn for bob. To make it another student's, begin with a fresh copy."
    assert notebook.read_text("utf-8") == once


def test_a_name_that_nobody_has_is_one_line(home):
    done = aics(home, "mine", "Ada Lovelace")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "Nobody in this class is called 'Ada Lovelace'. Type the id that your teacher gave you, your number, login or "
        "e-mail address."
    )


def test_the_sheet_holds_neither_names_nor_the_secret(released):
    with zipfile.ZipFile(released.zipped) as archive:
        sheet = archive.read("aics-labs/data/parameters.json").decode()
    secret = (released.state.folder / "secret.key").read_text()
    assert not [word for word in (secret, '"ada', "Byron", "example.org", '"1001"') if word in sheet]


def test_the_students_own_check_asks_by_the_own_parameters(home, released):
    for student, whose in (("ada", "ada"), ("bob", "ada")):
        folder = home / "labs" / student
        hand_in(folder, solved(released.notebook(student), released.own(whose)))
        done = aics(home, "check", folder / f"{LAB}.ipynb", "--quick")
        right = re.findall(r"^\[\+\] (\w+) +right", done.stdout, re.M)
        wrong = set(released.own(student).questions) - set(right)
        assert wrong == (set() if student == whose else set(QUESTIONS)), done.stdout


def test_a_notebook_that_is_nobodys_says_what_to_type(home):
    done = aics(home, "check", home / "labs" / LAB / f"{LAB}.ipynb", "--quick")
    assert done.returncode == 1
    assert "aics mine YOUR-ID" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_the_setup_cell_says_whose_it_is(released):
    cells = json.loads(released.notebook("bob").read_text("utf-8"))["cells"]
    assert student_in(cells) == "bob"
    (setup,) = [text(cell) for cell in cells if cell["id"] == "setup_given"]
    assert f'check = open_lab("{LAB}", student="bob")' in setup


def test_the_zip_says_how_to_begin_and_holds_the_cases_of_every_variant(unzipped):
    assert ".venv/bin/aics mine YOUR-ID" in (unzipped / "README.md").read_text("utf-8")
    cases = {path.name for path in (unzipped / "data" / "reference" / "parameters" / LAB).iterdir()}
    count = {name: len(Lab(LAB).parameters[name].variants()) for name in QUESTIONS}
    assert cases == {f"{name}.{place}.npz" for name in QUESTIONS for place in range(count[name])}


def test_the_command_passes_on_which_labs_ask_about_the_own_code(unzipped):
    assert json.loads((unzipped / "data" / "own_code.json").read_text("utf-8")) == [LAB]


def test_a_written_questions_text_follows_its_parameters():
    cells = {
        cell.id: cell.source for cell in own_release(Lab("lab2_layers").having({"img2col_why": {"side": 5}})).cells
    }
    (text,) = [source for source in cells.values() if "img2col copies almost every pixel" in source]
    assert "For a $5\\times5$ window the matrix is 25 times as large" in text


@pytest.mark.parametrize(
    ("plain", "hers"),
    [
        ('check = open_lab("lab")', 'check = open_lab("lab", student="ada")'),
        ('check = open_lab("lab", language="zh")', 'check = open_lab("lab", student="ada", language="zh")'),
    ],
)
def test_a_notebook_of_any_language_is_made_a_students_own_and_everybodys_again(plain, hers):
    assert OPENED.search(plain)
    assert opened_for(plain, "ada") == hers
    assert (student_of(hers), student_of(plain)) == ("ada", "")
    assert opened_for(hers, "") == plain


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_line_of_a_stub_is_read_in_every_language(language):
    with speaking(language):
        line = first_line("relu", {"slope": 0.25, "side": "left"})
    assert FIRST.findall(f"{line}def forward(): ...\n") == [("relu", "slope = 0.25, side = left")]
