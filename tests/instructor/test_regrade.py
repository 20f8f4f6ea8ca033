"""Regrade requests: from a line or a cell to the verdict, a decision that stays, and the student's feedback page."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import ClassFolder, CourseError, Lab
from autograder.gradebook.class_marks import class_marks
from autograder.gradebook.nbgrader import Nbgrader
from autograder.gradebook.totals import of_lab
from autograder.grading.run import record_path
from autograder.regrade.decided import Deciding, decide
from autograder.regrade.kept import path_of, read
from autograder.regrade.opened import opened
from autograder.regrade.shown import opened_row, text
from autograder.regrade.taken import take
from autograder.report.gathered import standings
from autograder.report.look import to_look_at
from tests.gradebook.conftest import LAB, autograder, write

pytestmark = pytest.mark.slow
WRONG = "softmax_loss"  # of the student "syntax"
COLUMNS = ("student", "lab", "question", "says")


@pytest.fixture(scope="module")
def made(known, tmp_path_factory) -> ClassFolder:
    return ClassFolder(shutil.copytree(known.state.folder, tmp_path_factory.mktemp("regrades") / "course"))


@pytest.fixture
def state(made) -> ClassFolder:
    """The graded class without requests; what a test does to its gradebook is undone."""
    before = (made.folder / "gradebook.db").read_bytes()
    yield made
    (made.folder / "gradebook.db").write_bytes(before)
    path_of(made).unlink(missing_ok=True)


def lines(path: Path, *rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def one(state: ClassFolder, tmp_path: Path, student: str = "syntax", question: str = WRONG) -> int:
    """The number of a new request."""
    (request,) = take(state, [lines(tmp_path / "one.csv", (student, LAB, question, "It is right."))]).new
    return request.number


def mark(state: ClassFolder, student: str, question: str):
    return class_marks(state, LAB)[student].marks[question]


def test_lines_and_cells_are_taken_in_once(state, solution, tmp_path):
    asking = nbformat.from_dict(solution)
    place = next(n for n, cell in enumerate(asking.cells) if cell.id == "flatten_check")
    asking.cells.insert(place + 1, nbformat.v4.new_markdown_cell("Of course.", metadata={"tags": ["regrade"]}))
    write(tmp_path / "sent" / "hanging", asking)
    table = lines(tmp_path / "asked.csv", ("ada@example.org", "lab2", "relu", "Look,\nplease."), ("", "", "", ""))
    taken = take(state, [table, tmp_path / "sent"])
    assert taken.refused == []
    found = [(r.number, r.student, r.lab, r.question, r.says) for r in taken.new]
    assert found == [(1, "right", LAB, "relu", "Look,\nplease."), (2, "hanging", LAB, "flatten", "Of course.")]
    assert taken.new[0].source.endswith("asked.csv, line 2")
    again = take(state, [table, tmp_path / "sent"])
    assert (list(again.new), again.known, list(again.refused)) == ([], 2, [])
    assert [request.number for request in read(state).open] == [1, 2]


def test_each_line_that_cannot_be_taken_is_told_with_its_line_and_the_others_are_taken(state, tmp_path):
    table = lines(
        tmp_path / "asked.csv",
        ("right", LAB, "relu", "one\nof two lines"),
        ("right", LAB, "rellu", ""),
        ("nobody at all", LAB, "relu", ""),
        ("right", "lab9", "relu", ""),
        ("right", LAB, "relu", "once more"),
        ("right", LAB, "", ""),
        ("syntax", LAB, WRONG, ""),
    )
    done = autograder(state, "regrade", "take", table)
    assert done.returncode == 1
    assert "new requests: 2;" in done.stdout
    told = done.stderr.splitlines()
    expected = {
        4: "lab2_layers has no question 'rellu'. There are: ",
        5: "no hand-in of 'nobody at all' for lab2_layers",
        6: "there is no lab 'lab9'. There are: ",
        7: f"right asked about relu of lab2_layers already, in {table}, line 2.",
        8: "names no question",
    }
    assert len(told) == len(expected)
    for line, (number, said) in zip(told, expected.items(), strict=True):
        assert line.startswith(f"{table}, line {number}: ")
        assert said in line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"student,lab,says\nright,lab2_layers,x\n", "line 1: no column `question`"),
        (b"", "line 1: no column `student`"),
        (None, "There is no file"),
        (b"student,lab,question,says\nright,lab2_layers,relu," + b"x" * 200_000, "line 2: this is no CSV"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_nothing_is_taken(state, tmp_path, content, said):
    good, bad = lines(tmp_path / "good.csv", ("right", LAB, "relu", "")), tmp_path / "bad.csv"
    if content is not None:
        bad.write_bytes(content)
    with pytest.raises(CourseError) as told:
        take(state, [good, bad])
    assert said in str(told.value)
    assert str(bad) in str(told.value)
    assert not read(state).requests


def test_a_second_request_waits_for_the_decision_on_the_first(state, tmp_path):
    number = one(state, tmp_path)
    table = lines(tmp_path / "more.csv", ("syntax", LAB, WRONG, "It really is."))
    assert f"request {number} is still open" in take(state, [table]).refused[0]
    decide(state, number, Deciding(grader="Tess"))
    assert [request.says for request in take(state, [table]).new] == ["It really is."]


def test_a_request_is_shown_with_its_verdict_evidence_and_rules(state, tmp_path):
    number = one(state, tmp_path)
    about = opened(state, read(state), number)
    shown = text(state, about)
    assert "It is right." in shown
    assert about.verdict.reason.split("\n")[0][:40] in shown
    assert "class SoftmaxLossLayer(:" in shown
    assert str(about.page) in shown
    assert about.page.exists()
    assert about.notebook.exists()
    assert f"Version of the rules: {about.rules}. They are those of today." in shown
    assert len(about.rules) == 12
    data = json.loads(json.dumps(opened_row(about)))
    assert (data["points"], data["open"], data["changed_since"]) == (0, True, "")
    assert data["verdict"]["question"] == WRONG


def test_it_is_said_when_the_rules_or_the_hand_in_have_changed_since(state, tmp_path):
    number, path = one(state, tmp_path), record_path(state, "syntax", LAB)
    before, answers = path.read_text(), path.with_name(f"{LAB}.answers.json")
    remembered = answers.read_text()
    try:
        data = json.loads(before)
        data["judged"][WRONG]["key"] = "0" * 64
        path.write_text(json.dumps(data))
        about = opened(state, read(state), number)
        assert about.changed == "rules"
        assert f"--student syntax --only {WRONG}" in text(state, about)
        answers.write_text("{}")
        about = opened(state, read(state), number)
        assert about.changed == "hand-in"
        assert "--only" not in text(state, about)
    finally:
        path.write_text(before)
        answers.write_text(remembered)


def test_points_comment_and_who_decided_are_kept_and_no_grading_undoes_them(state, tmp_path):
    number = one(state, tmp_path)
    arguments = ("--points", "2.5", "--comment", "You lost a sign.", "--grader", "Tess")
    done = autograder(state, "regrade", "decide", number, *arguments)
    assert done.returncode == 0, done.stderr
    assert "0 -> 2.5 of" in done.stdout
    (decision,) = read(state).decisions[number]
    assert (decision.grader, decision.kept, decision.before, decision.points) == ("Tess", False, 0, 2.5)
    assert decision.comment == "You lost a sign."
    assert decision.verdict["question"] == WRONG
    assert len(decision.rules) == 12
    before = of_lab(state, Lab(LAB))["syntax"].points
    for options in ((), ("--again", "--only", WRONG)):
        done = autograder(state, "grade", state.submitted, "--values-only", "--student", "syntax", *options)
        assert done.returncode == 0, done.stderr
        page = (state.folder / "feedback" / "syntax" / LAB / f"{LAB}.html").read_text()
        assert "You lost a sign." in page
        assert "Regrade request: 0 -&gt; 2.5 points. Decided by Tess." in page.replace("-> ", "-&gt; ")
        assert mark(state, "syntax", WRONG).score == 2.5
    assert of_lab(state, Lab(LAB))["syntax"].points == before
    assert autograder(state, "regrade", "list").stdout.strip() == "No regrade request is open."


def test_points_that_stay_bring_a_comment_below_the_one_that_is_there(state, tmp_path):
    number = one(state, tmp_path, "right", "relu")
    before = mark(state, "right", "relu")
    decide(state, number, Deciding(grader="Tess", comment="No."))
    with pytest.raises(CourseError, match=r"was decided on .* by Tess"):
        decide(state, number, Deciding(grader="Ben", comment="Yes."))
    decide(state, number, Deciding(grader="Ben", comment="Yes.", again=True))
    assert mark(state, "right", "relu") == before
    with Nbgrader(state).gradebook() as gradebook:
        said = gradebook.find_comment("relu_code", LAB, LAB, "right").manual_comment
    assert said.index("No.") < said.index("Decided by Tess.") < said.index("Yes.") < said.index("Decided by Ben.")
    assert [each.grader for each in read(state).decisions[number]] == ["Tess", "Ben"]


def test_a_bonus_is_changed_beside_the_points_for_code(state, tmp_path):
    lab = Lab(LAB)
    bonus = next(question for question in lab.questions.values() if question.bonus)
    number, before = one(state, tmp_path, "right", bonus.name), of_lab(state, lab)["right"]
    assert before.bonus == bonus.points
    decide(state, number, Deciding(grader="Tess", points=bonus.points - 1))
    after = of_lab(state, lab)["right"]
    assert (after.points, after.out_of, after.bonus) == (before.points, before.out_of, bonus.points - 1)
    assert opened(state, read(state), number).points == bonus.points - 1
    with Nbgrader(state).gradebook() as gradebook:  # nbgrader's own sum has the same
        assert gradebook.find_grade(bonus.name, LAB, LAB, "right").score == bonus.points - 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "9"), "There is no regrade request 9."),
        (("decide", "1"), "Say --keep, or --points with a number"),
        (("decide", "1", "--keep", "--points", "1"), "Say --keep, or --points with a number"),
        (("decide", "1", "--points", "1000"), f"Points for {WRONG} lie between 0 and "),
        (("decide", "1", "--points", "nan"), f"Points for {WRONG} lie between 0 and "),
    ],
)
def test_bad_input_is_one_line_and_decides_nothing(state, tmp_path, arguments, said):
    assert one(state, tmp_path) == 1
    done = CliRunner().invoke(app, ["regrade", *arguments], env={"AICS_COURSE": str(state.folder)})
    assert isinstance(done.exception, CourseError)  # which `python -m autograder` prints as one line
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)
    assert not read(state).decisions
    assert not mark(state, "syntax", WRONG).by_hand


def test_a_line_that_was_cut_off_costs_no_other(state, tmp_path):
    number = one(state, tmp_path)
    with path_of(state).open("a", encoding="utf-8") as file:
        file.write('{"decision": {"number": 1, "gra')
    decide(state, number, Deciding(grader="Tess", comment="One\u2028two"))
    assert [each.comment for each in read(state).decisions[number]] == ["One\u2028two"]


def test_the_report_counts_open_requests(state, reports, tmp_path):
    number = one(state, tmp_path)
    (look,) = [each for each in to_look_at(standings(state, Lab(LAB), reports), []) if each.key == "regrade"]
    assert [(s.student, said) for s, said in zip(look.standings, look.said, strict=True)] == [("syntax", WRONG)]
    decide(state, number, Deciding(grader="Tess"))
    assert "regrade" not in {each.key for each in to_look_at(standings(state, Lab(LAB), reports), [])}
