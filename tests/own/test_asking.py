"""``check.own`` in a notebook: when it asks, what it says of answers, and that it is off unless a course wants it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aics import LabError, open_lab
from aics.card.card import Card
from aics.own import setting
from aics.own.messages import question_words, right_words
from aics.own.written import written_answers
from autograder.authoring.namespace import run_cell, solution_cells
from autograder.course import Lab

LAB = Lab("lab2_layers")


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The course asks in lab 2: what is in data/ of its students' zip."""
    (tmp_path / setting.FILE).write_text(json.dumps([LAB.name]))
    monkeypatch.setattr(setting, "data_folder", lambda: tmp_path)


class Notebook:
    """Cells run one after another, as a kernel keeps them."""

    def __init__(self) -> None:
        self.names: dict = {"__name__": "__main__", "In": [""]}
        for grade_id, source in solution_cells(LAB):
            if grade_id == "softmax_loss_code":
                break
            self.run(source, grade_id)
        self.names["check"] = open_lab(LAB.name)

    def run(self, source: str, name: str = "own") -> None:
        self.names["In"].append(source + "\n")
        run_cell(self.names, name, source)

    def asked(self, call: str):
        """What a cell shows that is this call alone."""
        self.names["In"].append(call + "\n")
        return eval(call, self.names)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


def right(card) -> str:
    """The right answers, written out."""
    return ", ".join(repr(each.asked.right) for each in card.answered)


def test_it_is_off_unless_the_zip_says_otherwise(notebook):
    assert notebook.asked('check.own("relu")') == "Questions about your own code are not part of this course."
    assert not notebook.asked('check("relu")').verdict.notes


@pytest.mark.usefixtures("asking")
def test_the_card_of_a_right_answer_says_how_to_be_asked(notebook):
    card = notebook.asked('check("relu")')
    assert isinstance(card, Card)
    assert card.verdict.notes == ('`check.own("relu")` asks a short question or two about your own code.',)


@pytest.mark.usefixtures("asking")
def test_right_answers_are_right_and_complete(notebook):
    card = notebook.asked('check.own("fully_connected_backward")')
    assert [each.key for each in card.answered] == ["open"] * len(card.answered)
    card = notebook.asked(f'check.own("fully_connected_backward", {right(card)})')
    assert card.complete
    assert not card.note
    assert "Right: " in card.text()
    assert "To answer" not in card.text()


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize(("question", "wrong"), [("relu", "(99, 98)"), ("fully_connected_backward", "99")])
def test_what_the_code_gives_is_told_after_two_wrong_answers_and_not_before(notebook, question, wrong):
    first = notebook.asked(f'check.own("{question}")')
    told = f"Your code gives {right_words(first.answered[0].asked)}."
    once, twice, later = (notebook.asked(f'check.own("{question}", {wrong})') for _ in range(3))
    assert "one more try" in once.text()
    assert told not in once.text()
    assert told in twice.text()
    assert told in later.text()
    assert not twice.complete or len(twice.answered) == 1


@pytest.mark.usefixtures("asking")
def test_a_line_that_is_told_comes_with_its_piece_and_the_question_without_it(notebook):
    asked = notebook.asked('check.own("fully_connected_backward")').answered[0]
    assert asked.asked.kind == "needed"
    assert "sum" not in question_words(asked.asked)
    told = [notebook.asked('check.own("fully_connected_backward", 99)') for _ in range(2)][1].answered[0].said
    assert told == "Your code gives 11, where `top_diff.sum(axis=0, keepdims=True)` could be `top_diff`."


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize(
    ("question", "form"), [("relu", "a shape"), ("fully_connected_backward", "the number of a line")]
)
def test_what_cannot_be_read_costs_no_try(notebook, question, form):
    for _ in range(3):
        card = notebook.asked(f'check.own("{question}", "what?")')
        assert card.answered[0].key == "unread"
        assert f"Answer with {form}" in card.answered[0].said


@pytest.mark.usefixtures("asking")
def test_dots_leave_a_question_open(notebook):
    card = notebook.asked('check.own("fully_connected_backward", ..., ...)')
    assert {each.key for each in card.answered} == {"open"}


@pytest.mark.usefixtures("asking")
def test_answers_that_are_computed_cannot_be_handed_in_and_it_says_so(notebook):
    notebook.names["answer"] = (1, 2)
    assert "Write your answers out" in notebook.asked('check.own("relu", answer)').text()


@pytest.mark.usefixtures("asking")
def test_another_cell_brings_other_questions_and_fresh_tries(notebook):
    wrong = 'check.own("relu", (99, 98))'
    assert notebook.asked(wrong).answered[0].key == "again"
    source = dict(solution_cells(LAB))["relu_code"].replace("(self.input >= 0)", "np.where(self.input < 0, 0, 1)")
    notebook.run(source, "relu_code")
    card = notebook.asked('check.own("relu")')
    assert card.answered[0].key == "open"
    assert "np.where(self.input < 0, 0, 1)" in card.text()


@pytest.mark.usefixtures("asking")
def test_nothing_is_asked_before_the_answer_is_right(notebook):
    notebook.run("@add_to_class(ReLULayer)\ndef forward(self, input):\n    return input", "relu_code")
    assert notebook.asked('check.own("relu")').startswith("relu is not right yet.")


@pytest.mark.usefixtures("asking")
def test_too_many_answers_and_no_such_question_are_one_sentence(notebook):
    assert "answers came" in notebook.asked('check.own("relu", 1, 2, 3, 4)')
    with pytest.raises(LabError, match="no question 'relux'"):
        notebook.asked('check.own("relux")')


@pytest.mark.usefixtures("asking")
def test_nothing_is_asked_while_grading(notebook, monkeypatch):
    monkeypatch.setenv("AICS_GRADING", "1")
    assert "not run while grading" in notebook.asked('check.own("relu", (1, 2))')


@pytest.mark.usefixtures("asking")
def test_a_card_shows_what_students_write_as_text(notebook):
    source = dict(solution_cells(LAB))["relu_code"] + "# <script>alert(1)</script>\n"
    notebook.run(source, "relu_code")
    page = notebook.asked('check.own("relu")').html()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("said", ["[]", "", "{", '{"lab2_layers": 1}', "7", '["lab3_vgg19"]'])
def test_whatever_stands_in_the_file_only_a_list_with_the_lab_turns_it_on(said, notebook, tmp_path, monkeypatch):
    (tmp_path / setting.FILE).write_text(said)
    monkeypatch.setattr(setting, "data_folder", lambda: tmp_path)
    assert "not part of this course" in notebook.asked('check.own("relu")')


@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        (['check.own("relu", (2, 3), 5)'], [(2, 3), 5]),
        (["check.own('relu', \"float32\")  # I think"], ["float32"]),
        (['x = 1\n  check.own("relu", 5,)\ny = 2'], [5]),
        (['check.own(\n    "relu",\n    (2, 3),\n    5,\n)'], [(2, 3), 5]),
        (['check.own("relu", 4)', 'check.own("relu", 5)'], [5]),
        (['check.own("relu", ...)'], [...]),
        (['check.own("relu")'], []),
        (['check.own("flatten", 5)'], []),
        (['# check.own("relu", 5)'], []),
        (['check.own("relu", open("x").read())'], []),
        (['check.own("relu", x.shape)'], []),
        (['check.own("relu", ' + "(" * 190 + ")"], []),
        (['check.own("relu", ' + "1" * 300 + ")"], []),
        (['check.own("relu", 1e999, -(2**9))'], []),
    ],
)
def test_answers_are_literals_of_the_last_call(cells, answers):
    assert written_answers(cells, "relu") == answers
