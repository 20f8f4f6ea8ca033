"""A class of the original course's folders, graded without saying a lab, in the sandbox and into the gradebook."""

from __future__ import annotations

import html
import io

import nbformat
import pytest
from rich.console import Console

from autograder.course import ClassFolder, labs
from autograder.gradebook.grade_handins import GradingOptions
from autograder.gradebook.grade_path import grade_path
from tests.intake.files import write
from tests.original import files

TOTALS = {"lab2_layers": 96, "lab3_vgg19": 48, "lab4_dlp": 28, "lab5_style_transfer": 68}
CHANNELS_LAST = files.VGG_CPU.replace("np.transpose(image[None], [0, 3, 1, 2])", "image[None].astype(np.float64)")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    top = tmp_path_factory.mktemp("original")
    for student, folder in (
        ("ada", files.FIRST),
        ("bo", files.SECOND),
        ("cy", {"stu_upload/vgg_cpu.py": CHANNELS_LAST}),
    ):
        for name, text in folder.items():
            write(top / "handins" / student / name, text)
    state = ClassFolder(top / "state")
    options = GradingOptions(values_only=True)
    return grade_path(state, top / "handins", options, labs(), None, Console(file=io.StringIO()))


def test_each_folder_is_graded_in_every_lab_that_it_has_files_for(graded):
    found = {(g.student, g.lab): [row for row in g.rows if not row.bonus] for g in graded.graded}
    points = {key: (sum(row.score for row in rows), sum(row.max_score for row in rows)) for key, rows in found.items()}
    full = {(student, lab): (total, total) for student in ("ada", "bo") for lab, total in TOTALS.items()}
    assert points == full | {("cy", "lab3_vgg19"): (40, 48)}


def test_a_text_with_a_percent_sign_is_python_3(graded):
    assert "id = %d" in files.VGG_CPU
    assert not [remark for g in graded.graded for remark in g.remarks if "is not Python 3" in remark]


def test_a_large_answer_of_the_wrong_shape_is_told_its_shape(graded):
    (rows,) = [g.rows for g in graded.graded if g.student == "cy"]
    assert {row.question: row.reason for row in rows}["load_image"] == "input_image has the wrong shape."


def test_the_page_says_what_is_not_asked(graded):
    page = graded.state.folder / "feedback" / "bo" / "lab3_vgg19" / "lab3_vgg19.html"
    assert "Not asked in the original course: no points, and none of the total." in page.read_text("utf-8")


def test_the_page_says_what_was_mended_in_the_terminals_words(graded):
    page = graded.state.folder / "feedback" / "bo" / "lab4_dlp" / "lab4_dlp.html"
    shown = html.unescape(page.read_text("utf-8"))
    (remarks,) = [g.remarks for g in graded.graded if (g.student, g.lab) == ("bo", "lab4_dlp")]
    said = [remark for remark in remarks if "second edition's card" in remark]
    assert said
    assert all(shown.count(f"<li>{remark}</li>") == 1 for remark in said)


def test_so_does_the_notebook_that_formgrader_shows(graded):
    path = graded.state.folder / "autograded" / "bo" / "lab4_dlp" / "lab4_dlp.ipynb"
    first = html.unescape(nbformat.read(path, 4).cells[0].source)
    (remarks,) = [g.remarks for g in graded.graded if (g.student, g.lab) == ("bo", "lab4_dlp")]
    said = [remark for remark in remarks if " read as " in remark]
    assert said
    assert all(f"- {remark}" in first for remark in said)


def test_the_same_again_changes_nothing(graded):
    handins = graded.state.folder.parent / "handins"
    again = grade_path(
        graded.state, handins, GradingOptions(values_only=True), labs(), None, Console(file=io.StringIO())
    )
    assert {g.status for g in again.graded} == {"unchanged"}
    assert not again.outdated
