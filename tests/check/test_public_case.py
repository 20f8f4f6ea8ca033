"""One public case, shown and run: the first that fails, its inputs, what is expected and what came."""

from __future__ import annotations

import numpy as np
import pytest

from aics import LabError, open_lab
from aics.card.case import shown
from aics.check.public_case import PublicCase, call_of
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab

LAB = Lab("lab2_layers")


def notebook(question: str, mistake: str) -> dict[str, object]:
    """The names of a notebook in which one question's code is this known mistake, or is not written yet."""
    (source,) = [v.source for v in LAB.misconceptions if (v.question, v.name) == (question, mistake)]
    return run_cells(solution_cells(LAB), {f"{question}_code": source})


def case_of(names: dict[str, object], *given: object) -> PublicCase:
    """What a student's ``check.case(...)`` gives in a notebook of these names."""
    return eval("check.case(*given)", {**names, "given": given})


@pytest.fixture(scope="module")
def flawed() -> dict[str, object]:
    return notebook("conv_forward", "stride_ignored")


def test_the_first_failing_case_is_given(flawed):
    card = open_lab("lab2_layers").verdict("conv_forward", flawed)
    case = case_of(flawed, "conv_forward")
    assert case.number == card.number > 1
    assert f'`check.case("conv_forward", {case.number})`' in card.next_move
    assert case.verdict.evidence.index == card.evidence.index


def test_it_says_what_went_in_what_is_expected_and_what_came(flawed):
    case = case_of(flawed, "conv_forward")
    said = repr(case)
    assert said.startswith(f"[-] conv_forward, case {case.number} of {case.count}")
    for words in ("inputs", "x: float32 [", "stride: 2", "expected", "got", "output: float", case.code.splitlines()[1]):
        assert words in said
    page = case._repr_mimebundle_()["text/html"]
    assert "<svg" in page
    assert "<details" in page
    assert "check.case(&quot;conv_forward&quot;" in page


def test_a_case_may_be_chosen_and_inputs_are_copies(flawed):
    case = case_of(flawed, "conv_forward", 1)
    assert case.number == 1
    case["x"][...] = 0
    assert case["x"].any()
    with pytest.raises(KeyError, match="it has: x, weight, bias, stride, padding"):
        case["y"]


@pytest.mark.parametrize("number", [0, 8, -1, "two", 1.5])
def test_a_case_that_there_is_not_is_told_with_how_many_there_are(flawed, number):
    with pytest.raises(LabError, match="conv_forward has 7 public cases, numbered from 1; there is no case"):
        case_of(flawed, "conv_forward", number)


def test_a_question_that_there_is_not_is_told_with_the_nearest(flawed):
    with pytest.raises(LabError, match="Did you mean 'conv_forward'"):
        case_of(flawed, "conv_foward")


def test_where_all_is_right_the_first_case_is_given(flawed):
    case = case_of(flawed, "flatten")
    assert (case.number, case.verdict.passed) == (1, True)
    assert "This case is right." in repr(case)


def test_an_exception_is_told_and_comes_by_itself_when_the_line_is_run():
    names = notebook("fully_connected_forward", "weight_transposed")
    case = case_of(names, "fully_connected_forward")
    assert "ValueError: " in repr(case)
    with pytest.raises(ValueError, match="matmul"):
        eval(case.code.splitlines()[1], {**names, "case": case})


def test_an_empty_stub_has_its_cases_too():
    def unwritten(*_):
        raise NotImplementedError("lab 2, conv_winograd: return the output")

    case = case_of({**run_cells(solution_cells(LAB)), "conv_winograd": unwritten}, "conv_winograd")
    assert "still waiting" in repr(case)
    assert "float32 [" in repr(case)


def plain(conv, *, x, weight):
    return {"output": conv(x, weight)}


def prepared(Layer, *, x):
    layer = Layer()
    return {"output": layer.forward(x)}


def two(conv, *, x):
    return {"output": conv(x), "again": conv(x)}


@pytest.mark.parametrize(
    ("ask", "compared", "line"),
    [
        (plain, True, 'conv(case["x"], case["weight"])'),
        (plain, False, "case.call(conv)"),
        (prepared, True, "case.call(Layer)"),
        (two, True, "case.call(conv)"),
    ],
)
def test_the_line_is_the_plain_call_where_the_check_does_no_more(ask, compared, line):
    assert call_of(ask, plain=compared) == line


def test_while_grading_no_case_is_shown(flawed, monkeypatch):
    monkeypatch.setenv("AICS_GRADING", "1")
    assert "while grading" in case_of(flawed, "conv_forward")


def test_large_arrays_are_shortened():
    head, body = shown(np.ones((3, 40, 40), np.float32))
    assert head == "float32 [3, 40, 40]"
    assert "..." in body
    assert len(body) < 700
    assert shown(np.arange(6)) == ("int64 [6]", "[0 1 2 3 4 5]")
