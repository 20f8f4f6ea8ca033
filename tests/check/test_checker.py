"""The student's own check, in process, on lab 2's solution, stub and known mistakes."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest

import aics
from aics import LabError, open_lab
from aics.card.card import Card
from aics.card.finish_line import FinishLine
from aics.card.status import TO_DO, status_of
from aics.check import folder, speed
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab

LAB = Lab("lab2_layers")
SAMPLES = [
    ("fully_connected_backward", None),
    ("relu", None),
    ("conv_backward", "kernel_flipped"),
    ("pool_backward", None),
]


@pytest.fixture(scope="module")
def cells():
    return solution_cells(LAB)


@pytest.fixture(scope="module")
def solution(cells):
    return run_cells(cells)


@pytest.fixture(scope="module")
def stub(cells):
    """Names of a notebook in which every stub raises as released."""
    unfilled = {}
    for grade_id, source in cells:
        lines, inside = [], False
        for line in source.splitlines():
            inside = (inside or "BEGIN SOLUTION" in line) and "END SOLUTION" not in line
            if not inside:
                lines.append(line)
        unfilled[grade_id] = "\n".join(lines)
    return run_cells(cells, unfilled)


@pytest.fixture
def called(solution):
    """Runs a line in the solution's notebook, as the student would, and returns its value."""
    return lambda expression: eval(expression, dict(solution))


# Finding labs and questions


def test_an_unknown_lab_is_named_with_those_that_there_are():
    with pytest.raises(LabError, match=r"There is no lab 'lab9' here. There are: .*lab2_layers"):
        open_lab("lab9")


def test_a_lab_that_cannot_be_imported_is_not_called_unknown(tmp_path, monkeypatch):
    (tmp_path / "lab0_broken").mkdir()
    (tmp_path / "lab0_broken" / "asks.py").write_text("import no_such_package\n")
    monkeypatch.setattr(aics, "__path__", [*aics.__path__, str(tmp_path)])
    with pytest.raises(ModuleNotFoundError, match="no_such_package"):
        open_lab("lab0_broken")


UNKNOWN = [
    ("conv_foward", "Did you mean 'conv_forward'"),
    ("xyz", "It has: fully_connected_forward, "),
    (7, "It has: "),
]


@pytest.mark.parametrize(("question", "said"), UNKNOWN)
def test_an_unknown_question_is_told_with_the_nearest(question, said):
    with pytest.raises(LabError, match="has no question") as told:
        open_lab("lab2_layers").verdict(question, {})
    assert said in str(told.value)


def test_a_check_says_what_it_is_for():
    assert repr(open_lab("lab2_layers")).startswith("check for lab2_layers: run check(")


def test_a_missing_data_folder_is_told_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "__file__", str(tmp_path / "site-packages" / "aics" / "check" / "folder.py"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LabError, match="Keep data/ beside labs/"):
        open_lab("lab2_layers").verdict("relu", {})


def test_data_above_the_working_folder_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "__file__", str(tmp_path / "elsewhere" / "aics" / "check" / "folder.py"))
    (tmp_path / "data" / "reference").mkdir(parents=True)
    (tmp_path / "labs" / "lab2_layers").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "labs" / "lab2_layers")
    assert folder.data_folder() == tmp_path / "data"
    with pytest.raises(LabError, match=r"lab2_layers.npz is not there"):
        open_lab("lab2_layers").verdict("relu", {})


# Verdicts


@pytest.mark.parametrize("question", LAB.questions)
def test_a_stub_is_to_do_and_not_a_mistake(stub, question):
    verdict = open_lab("lab2_layers").verdict(question, stub)
    assert (verdict.score, verdict.unfilled, verdict.misconception) == (0, True, "")
    assert status_of(verdict) is TO_DO
    assert "lab 2, " in verdict.reason


def test_a_cell_that_was_not_run_is_a_missing_name():
    verdict = open_lab("lab2_layers").verdict("conv_output_size", {})
    assert (verdict.rung, verdict.reason) == ("defined", "conv_output_size is not defined in this notebook.")


@pytest.mark.parametrize("ratio", [1.0, None], ids=["quiet", "busy"])
@pytest.mark.parametrize("question", LAB.questions)
def test_the_solution_is_right_and_a_timed_question_has_a_speed_reading(solution, question, ratio, monkeypatch):
    def read(own, stand_in, case, _limits):
        assert not own(case).missing
        stand_in(case)
        return ratio

    monkeypatch.setattr(speed, "ratio", read)
    verdict = open_lab("lab2_layers").verdict(question, solution)
    assert verdict.passed, verdict.reason
    timed = LAB.questions[question].speed is not None
    assert (verdict.speed is not None, verdict.untimed) == ((timed, False) if ratio else (False, timed))


def test_without_timing_right_values_are_enough(solution):
    for question in LAB.questions:
        verdict = open_lab("lab2_layers").verdict(question, solution, values_only=True)
        assert (verdict.passed, verdict.speed) == (True, None), verdict.reason


@pytest.mark.parametrize(("question", "name"), SAMPLES)
def test_a_known_mistake_is_named_with_its_hint(cells, question, name):
    variants = [v for v in LAB.misconceptions if v.question == question and name in (None, v.name)]
    variant = variants[0]
    namespace = run_cells(cells, {f"{question}_code": variant.source})
    verdict = open_lab("lab2_layers").verdict(question, namespace)
    assert (verdict.score, verdict.misconception, verdict.hint) == (0, variant.name, variant.hint)


RAISING = """
@add_to_class(MaxPoolingLayer)
def forward_raw(self, input):
    raise IndexError("off the end")
"""
ON_WHAT_FORWARD_KEEPS = """
@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    return np.where(self.largest, top_diff, 0)
"""


def test_a_question_that_fails_with_an_earlier_one_names_it(cells):
    both = {"pool_forward_code": RAISING, "pool_backward_code": ON_WHAT_FORWARD_KEEPS}
    check = open_lab("lab2_layers")
    verdict = check.verdict("pool_backward", run_cells(cells, both))
    assert "has no attribute 'largest'" in verdict.got
    assert verdict.cause.startswith("pool_forward is not right yet")
    alone = check.verdict("pool_backward", run_cells(cells, {"pool_backward_code": ON_WHAT_FORWARD_KEEPS}))
    assert (alone.rung, alone.cause) == ("raises", "")
    assert check.verdict("pool_backward", run_cells(cells, {"pool_forward_code": RAISING})).passed


def test_below_a_question_that_is_wrong_a_known_mistake_is_a_guess(cells):
    own = next(v for v in LAB.misconceptions if v.question == "pool_backward")
    check = open_lab("lab2_layers")
    alone = check.verdict("pool_backward", run_cells(cells, {"pool_backward_code": own.source}))
    namespace = run_cells(cells, {"pool_backward_code": own.source, "pool_forward_code": RAISING})
    below = check.verdict("pool_backward", namespace)
    whole = {verdict.question: verdict for verdict in check.verdicts(namespace)}["pool_backward"]
    assert (alone.misconception, alone.guessed, alone.cause) == (own.name, False, "")
    for verdict in (below, whole):
        assert (verdict.misconception, verdict.guessed) == (own.name, True)
        assert verdict.said.startswith("pool_forward is not right yet")


@pytest.mark.timed
def test_right_but_slow_code_is_named_too(cells):
    slow = next(v for v in LAB.misconceptions if v.slow and v.question == "conv_forward_speedup")
    namespace = run_cells(cells, {f"{slow.question}_code": slow.source})
    verdict = open_lab("lab2_layers").verdict(slow.question, namespace)
    assert (verdict.rung, verdict.misconception) == ("speed", slow.name)
    assert verdict.speed.ratio > verdict.speed.zero
    assert verdict.next_move == LAB.questions[slow.question].speed.advice


NO_LOOP = """
import functools

once = ConvolutionalLayer.forward_speedup


@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    return functools.reduce(lambda _, again: once(self, input), range(400), None)
"""


@pytest.mark.timed
def test_slow_code_without_a_loop_is_not_told_of_loops(cells):
    loopless = next(v for v in LAB.alternatives if v.name == "stride_tricks_einsum")
    namespace = run_cells(cells, {"conv_forward_speedup_code": loopless.source + NO_LOOP})
    verdict = open_lab("lab2_layers").verdict("conv_forward_speedup", namespace)
    assert (verdict.score, verdict.misconception, verdict.hint) == (0, "", "")


# Calling it


def test_a_call_looks_at_the_callers_names_and_gives_a_card(called):
    card = called('check("relu")')
    assert isinstance(card, Card)
    assert card.text().startswith("[+] relu: right")


@pytest.fixture
def readings(monkeypatch):
    """What was timed, in place of a clock: every code is just at the end of all points."""
    timed = []

    def ratio(*sides_and_case):
        *_, limits = sides_and_case
        timed.append(limits)
        return limits.full

    monkeypatch.setattr(speed, "ratio", ratio)
    return timed


def test_a_call_without_a_name_is_the_whole_labs_finish_line(called, readings, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    line = called("check()")
    assert isinstance(line, FinishLine)
    assert [v.question for v in line.verdicts] == list(LAB.questions)
    assert [(answer.name, answer.filled) for answer in line.written] == [("img2col_why", None)]
    assert line.totals() == ["100 / 110 points", "+10 bonus"]
    timed = [v.question for v in line.verdicts if v.speed is not None]
    assert timed == [name for name, question in LAB.questions.items() if question.speed]
    assert len(readings) == len(timed)


def test_a_time_is_read_again_only_for_other_code_or_when_it_is_asked_for(solution, readings):
    check, name = open_lab("lab2_layers"), "pool_speedup"
    cells = [source for _, source in solution_cells(LAB)]

    def timed(history):
        before = len(readings)
        (verdict,) = [v for v in check.verdicts({**solution, "In": history}) if v.question == name]
        assert verdict.speed is not None
        return len(readings) - before

    every = sum(question.speed is not None for question in LAB.questions.values())
    assert timed(cells) == every
    assert timed([*cells, "print(1)"]) == 0
    other = next(source for source in cells if "pool" in source and "speedup" in source and "def " in source)
    assert timed([*cells, other.replace("return", "# another way\n    return", 1)]) == 1
    before = len(readings)
    check.verdict(name, {**solution, "In": cells})
    assert len(readings) == before + 1


def test_a_check_prints_nothing(called):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        called('check("conv_forward")')
    assert printed.getvalue() == ""


def test_no_check_runs_while_grading(called, monkeypatch):
    monkeypatch.setenv("AICS_GRADING", "1")
    assert called('check("relu")') == "Checks are not run while grading; the grader asks for itself."
    assert called('check("no such question")') == called("check()")


def test_a_check_leaves_numpys_random_numbers_alone(called):
    np.random.seed(3)
    first = np.random.random()
    np.random.seed(3)
    called('check("relu")')
    assert np.random.random() == first


# What a question's code may use


TAKEN_OVER = "import torch\n\n@add_to_class(ReLULayer)\ndef forward(self, input):\n    return torch.relu(input)"


def test_the_card_says_what_a_questions_code_may_not_use_and_where_it_does(solution):
    card = open_lab("lab2_layers").verdict("relu", {**solution, "In": ["", TAKEN_OVER, "check('relu')"]})

    assert (card.score, card.rung) == (0, "allowed")
    assert card.reason == "This question may use NumPy and Python's standard library only; your code uses torch.relu."
    assert card.got == "In [1], line 5: return torch.relu(input)"


def test_another_question_may_still_be_right(solution):
    history = ["", TAKEN_OVER, "check('flatten')"]

    assert open_lab("lab2_layers").verdict("flatten", {**solution, "In": history}).passed
