"""Each rung of the ladder says what came, what should have come, and the next move."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aics.check.ask import Answer, Raised
from aics.check.judge import Mistake, Rule, describe, judge, stopped
from aics.check.output import Output, exact
from aics.check.rules import SpeedLimits, Tolerance
from aics.check.speed_verdict import judge_speed, not_timed
from aics.check.verdict import Verdict

NEAR = Tolerance(rtol=1e-3, atol=1e-6, reason="a test")
LIMITS = SpeedLimits(full=4, zero=16)
RULE = Rule(name="q", points=8, outputs=(Output(dtype="as expected", tolerance=NEAR),), limits=LIMITS)
SIX = np.arange(6.0).reshape(2, 3)


def values(**outputs):
    return Answer(values={name: np.asarray(value) for name, value in outputs.items()})


def judged(answer, expected=SIX, mistakes=(), rule=RULE):
    """The verdict on one case with one output, `y`."""
    answer = answer if isinstance(answer, Answer) else values(y=answer)
    return judge(rule, [{"x": SIX, "stride": 2}], [{"y": np.asarray(expected)}], [answer], mistakes)


def test_right_values_earn_every_point_and_nothing_else_is_said():
    verdict = judged(SIX)
    assert (verdict.score, verdict.rung, verdict.got, verdict.evidence) == (8, "", "", None)
    assert verdict.passed
    assert verdict.reason == "All 1 cases are right."


UNFILLED = Raised(type="NotImplementedError", message="lab 2, q: return y")
RAISED = Raised(type="ValueError", message="bad axis", line="y = x.sum(9)", number=3)
FAILURES = [
    # answer, rung, said in: reason, got, expected, next move
    (Answer(missing=("Layer",)), "defined", "Layer is not defined", "", "", "cells above in order"),
    (Answer(raised=UNFILLED), "raises", "lab 2, q: return y", "", "", "Fill the cell above"),
    (Answer(raised=RAISED), "raises", "ValueError", "ValueError: bad axis", "no exception", "Line 3 of your cell"),
    (Answer(raised=Raised(type="E", message="")), "raises", "raised E", "E: ", "no exception", "whole traceback"),
    (Answer(misfit=("y", "list")), "type", "y is not", "list", "a NumPy array", "Return the array itself"),
    (Answer(misfit=("y", "NoneType")), "type", "y is not", "NoneType", "a NumPy array", "is a return missing"),
    (values(z=SIX), "type", "y was not among", "", "", ""),
    (values(y=SIX.T), "shape", "y has the wrong shape", "[3, 2]", "[2, 3]", "axes one by one"),
    (values(y=SIX.ravel()), "shape", "y has the wrong shape", "[6]", "[2, 3]", "axes one by one"),
    (values(y=0.0), "shape", "y has the wrong shape", "[]", "[2, 3]", "axes one by one"),
    (values(y=SIX.astype(int) // 2), "dtype", "wrong kind", "int64", "floating point", "Allocate"),
    (values(y=SIX > 2), "dtype", "wrong kind", "bool", "floating point", "Allocate"),
    (values(y=SIX + 0j), "dtype", "wrong kind", "complex128", "floating point", "Allocate"),
    (values(y=SIX.astype(np.float16)), "dtype", "wrong kind", "float16", "floating point", "Allocate"),
    (values(y=SIX.astype(object)), "dtype", "wrong kind", "object", "floating point", "Allocate"),
    (values(y=np.where(SIX == 4, np.nan, SIX)), "finite", "not finite", "1 of 6", "finite numbers only", "exp"),
    (values(y=np.where(SIX > 3, np.inf, SIX)), "finite", "not finite", "first at [1, 1]", "finite numbers", "exp"),
    (values(y=-SIX), "values", "5 of 6 cells", "-1 at [0, 1]", "1 (within 0.005)", "this one cell"),
]


@pytest.mark.parametrize(("answer", "rung", "reason", "got", "expected", "move"), FAILURES)
def test_a_failure_names_its_rung_what_came_what_should_have_come_and_the_next_move(
    answer, rung, reason, got, expected, move
):
    verdict = judged(answer)
    assert (verdict.score, verdict.max_score, verdict.rung) == (0, 8, rung)
    assert reason in verdict.reason
    assert verdict.got.startswith(got) or got in verdict.got
    assert expected in verdict.expected
    assert move in verdict.next_move
    assert verdict.case == ("" if verdict.unfilled else "x [2, 3], stride 2")


def test_only_an_untouched_stub_is_unfilled():
    assert judged(Answer(raised=UNFILLED)).unfilled
    assert not judged(Answer(raised=RAISED)).unfilled


SOUND = [
    (SIX.astype(np.float32), SIX),
    (SIX + 0.004, SIX),
    (SIX.astype(np.longdouble), SIX),
    (np.arange(6, dtype=np.uint8), np.arange(6)),
    (SIX.astype(int), SIX),
    (np.float32(2.5), 2.5),
    (np.array(2.5), 2.5),
    (3, 3.0),
    (np.zeros((0, 3)), np.zeros((0, 3))),
]


@pytest.mark.parametrize(("answer", "expected"), SOUND)
def test_what_is_close_enough_and_of_the_right_kind_is_right(answer, expected):
    assert judged(answer, expected).passed


ROW = np.arange(3.0)
SHAPES = [((1, 3), True), ((3,), True), ((1, 1, 3), False), ((3, 1), False)]


@pytest.mark.parametrize(("shape", "taken"), SHAPES)
def test_leading_axes_of_size_1_may_be_missing_where_no_later_code_minds(shape, taken):
    rule = replace(RULE, outputs=(Output(tolerance=NEAR, axes=(1,)),))
    verdict = judged(values(y=ROW.reshape(shape)), ROW[None], rule=rule)
    assert verdict.passed == taken
    assert verdict.rung == ("" if taken else "shape")
    assert not judged(values(y=-ROW.reshape(shape)), ROW[None], rule=rule).score
    assert not judged(values(y=ROW[1:]), ROW[None], rule=rule).score


def test_of_a_shape_that_costs_nothing_a_word_is_said_once():
    rule = replace(RULE, outputs=(Output(tolerance=NEAR, axes=(1,)),))
    verdict = judge(rule, [{}] * 2, [{"y": ROW[None]}] * 2, [values(y=ROW)] * 2)
    (said,) = verdict.notes
    assert said.startswith("y has shape [3]; the course writes [1, 3].")
    assert judge(rule, [{}], [{"y": ROW[None]}], [values(y=ROW[None])]).notes == ()


@pytest.mark.parametrize("kinds", [("float64",), ("floating",), ("integer", "float64")])
def test_right_numbers_of_a_kind_that_costs_nothing_are_right_and_said(kinds):
    rule = replace(RULE, outputs=(Output(dtype="bool", tolerance=NEAR, kinds=kinds),))
    verdict = judged(values(y=np.array([1.0, 0.0])), np.array([True, False]), rule=rule)
    assert verdict.passed
    assert verdict.notes[0].startswith("y came as float64; asked for: truth values (bool).")
    for other in (np.array([1.0, 1.0]), np.array([1.0, 0.5]), np.array([1, 0], np.float16), np.array([1, 0j])):
        assert judged(values(y=other), np.array([True, False]), rule=rule).rung == "dtype"


WHOLE = np.arange(6)


@pytest.mark.parametrize("answer", [WHOLE.astype(float), WHOLE > 2, WHOLE.astype(complex), WHOLE.astype(object)])
def test_where_whole_numbers_are_expected_only_whole_numbers_are_right(answer):
    verdict = judged(answer, WHOLE)
    assert (verdict.rung, verdict.expected) == ("dtype", "integers (int)")


@pytest.mark.parametrize("dtype", [np.int64, np.float32, np.int8, bool])
def test_where_bytes_are_expected_only_bytes_are_right(dtype):
    pixels = WHOLE.astype(np.uint8)
    assert judged(values(y=pixels), pixels).passed
    verdict = judged(values(y=pixels.astype(dtype)), pixels)
    assert (verdict.rung, verdict.expected) == ("dtype", "bytes, integers from 0 to 255 (uint8)")


def test_the_first_case_and_the_first_output_that_fail_are_told():
    expected = [{"y": SIX, "z": SIX}] * 3
    answers = [values(y=SIX, z=SIX), values(y=SIX, z=-SIX), values(y=-SIX, z=SIX)]
    verdict = judge(RULE, [{"n": 0}, {"n": 1}, {"n": 2}], expected, answers)
    assert verdict.case == "n 1"
    assert verdict.evidence.output == "z"


# Each output by its own specification


def specified(**facts):
    """A rule whose one output is specified so."""
    return Rule(name="q", points=8, outputs=(Output(**{"tolerance": NEAR} | facts),))


HALVES = np.array([0.5, np.inf, -np.inf], np.float16)
EXACTLY = [
    # dtype that is asked for, an answer, its rung
    ("float16", SIX.astype(np.float16), ""),
    ("float16", SIX.astype(np.float32), "dtype"),
    ("float32", SIX.astype(np.float32), ""),
    ("float32", SIX, "dtype"),
    ("floating", SIX.astype(np.float16), "dtype"),
    ("bool", SIX > 2, ""),
    ("bool", (SIX > 2).astype(np.uint8), "dtype"),
    ("bool", SIX > 3, "values"),
    ("integer", SIX.astype(np.uint8), ""),
    ("integer", SIX > 2, "dtype"),
]


@pytest.mark.parametrize(("dtype", "answer", "rung"), EXACTLY)
def test_an_output_may_ask_for_one_dtype(dtype, answer, rung):
    verdict = judged(answer, SIX > 2 if dtype == "bool" else SIX, rule=specified(dtype=dtype))
    assert verdict.rung == rung
    assert verdict.next_move == "" or "{" not in verdict.next_move


def test_a_wrong_truth_value_is_told_as_one():
    verdict = judged(np.array([True, True]), np.array([True, False]), rule=specified(dtype="bool"))
    assert (verdict.got, verdict.expected) == ("True at [1]", "False (within 0.001)")
    assert verdict.evidence.got.dtype == bool
    exactly = Rule(name="q", points=8, outputs=tuple(exact("y", dtype="bool")))
    assert judged(np.array([True, True]), np.array([True, False]), rule=exactly).expected == "False, exactly"


def test_a_single_wrong_number_has_no_place():
    verdict = judged(np.float64(2.5), np.array(2.0))
    assert (verdict.reason, verdict.got) == ("y is not the expected value.", "2.5")


INFINITE = [
    (HALVES, ""),
    (np.array([0.5, np.inf, np.inf], np.float16), "values"),
    (np.array([0.5, 65504, -np.inf], np.float16), "values"),
    (np.array([np.inf, np.inf, -np.inf], np.float16), "values"),
    (np.array([0.5, np.nan, -np.inf], np.float16), "values"),
]


@pytest.mark.parametrize(("answer", "rung"), INFINITE)
def test_infinities_that_are_expected_count_by_their_sign(answer, rung):
    rule = specified(dtype="float16", finite=False)
    assert judged(answer, HALVES.astype(np.float64), rule=rule).rung == rung


def test_a_number_that_is_expected_to_be_nan_is_right_only_as_nan():
    rule, expected = specified(finite=False), np.array([np.nan, 1.0])
    assert judged(expected, expected, rule=rule).passed
    verdict = judged(np.array([2.0, 1.0]), expected, rule=rule)
    assert (verdict.got, verdict.expected) == ("2 at [0]", "nan (within 0.001)")


def test_outputs_have_their_own_tolerances_and_the_first_that_covers_a_name_counts():
    rule = Rule(
        name="q",
        points=8,
        outputs=(
            *exact("count of *"),
            Output(name="far", tolerance=Tolerance(rtol=0, atol=9, reason="")),
            *RULE.outputs,
        ),
    )
    expected = {"count of y": np.array(3), "far": SIX, "near": SIX}
    for wrong, failing in (({"far": SIX + 8}, ""), ({"near": SIX + 8}, "near"), ({"count of y": np.array(4)}, "count")):
        verdict = judge(rule, [{}], [expected], [Answer(values=expected | wrong)])
        assert failing in verdict.reason
        assert verdict.passed == (not failing)


def test_a_factor_is_told_as_one_and_known_mistakes_are_compared_by_it():
    rule = Rule(name="q", points=8, outputs=(Output(tolerance=Tolerance(factor=2.5, reason="a test")),))
    expected, answer = np.array([1000.0, 4.0]), np.array([500.0, 12.0])
    assert judged(np.array([2000.0, 2.0]), expected, rule=rule).passed
    known = Mistake(name="too_slow", hint="Falls too slowly.", answers=[Answer(values={"y": answer * 1.2})])
    found = judge(rule, [{}], [{"y": expected}], [Answer(values={"y": answer})], [known])
    assert (found.got, found.expected) == ("12 at [1]", "4 (within a factor of 2.5)")
    assert found.misconception == "too_slow"


def test_an_output_that_no_specification_covers_is_the_instructors_mistake():
    with pytest.raises(LookupError, match="no output covers 'y'"):
        judged(SIX, rule=Rule(name="q", points=8, outputs=tuple(exact("x"))))


def test_a_failure_says_what_the_output_is():
    assert judged(-SIX, rule=specified(reads="the gradient")).reads == "the gradient"


# Evidence


def test_evidence_counts_the_wrong_cells_and_measures_the_largest_error():
    answer = SIX.copy()
    answer[1, 0] += 1
    answer[1, 2] -= 3
    evidence = judged(answer).evidence
    assert (evidence.index, evidence.wrong, evidence.size, evidence.error) == ((1, 0), 2, 6, 3)
    assert evidence.allowed == pytest.approx(5e-3, rel=1e-3)


SLICES = [
    # shape, wrong index, corner of the slice, its shape
    ((), (), (0, 0), (1, 1)),
    ((40,), (25,), (0, 17), (1, 16)),
    ((3, 4), (2, 1), (0, 0), (3, 4)),
    ((2, 3, 40, 5), (1, 2, 30, 4), (22, 0), (16, 5)),
    ((40, 40), (39, 39), (24, 24), (16, 16)),
]


@pytest.mark.parametrize(("shape", "index", "corner", "cut"), SLICES)
def test_evidence_is_a_small_slice_around_the_first_wrong_cell(shape, index, corner, cut):
    expected = np.random.default_rng(0).standard_normal(shape)
    answer = np.array(expected)
    answer[index] += 100
    evidence = judged(answer, expected).evidence
    assert (evidence.index, evidence.corner) == (index, corner)
    assert evidence.got.shape == evidence.expected.shape == cut
    row, column = (0, 0, *index)[-2:]
    assert evidence.got[row - corner[0], column - corner[1]] == answer[index]


def test_evidence_holds_nan_and_infinity_without_a_warning():
    evidence = judged(np.array([np.nan, np.inf, 1.0]), np.zeros(3)).evidence
    assert evidence.wrong == 2
    np.testing.assert_array_equal(evidence.got, [[np.nan, np.inf, 1.0]])


# Misconceptions


def mistake(name, *answers, slow=False, loops=False):
    return Mistake(name=name, hint=f"hint of {name}", answers=answers, slow=slow, loops=loops)


CRASH = Answer(raised=Raised(type="IndexError", message="one"))
SAME_CRASH = Answer(raised=Raised(type="IndexError", message="another"))
NAMED = [
    # two answers, a mistake's two answers, whether it is named
    ((values(y=-SIX), values(y=2 * SIX)), (values(y=-SIX), values(y=2 * SIX)), True),
    ((values(y=-SIX), values(y=2 * SIX)), (values(y=-SIX), values(y=SIX)), False),
    ((values(y=SIX), values(y=2 * SIX)), (values(y=SIX), values(y=2 * SIX + 1e-3)), True),
    ((values(y=-SIX), CRASH), (values(y=-SIX), SAME_CRASH), True),
    ((values(y=-SIX), CRASH), (values(y=-SIX), values(y=SIX)), False),
    ((values(y=-SIX), values(y=SIX.T)), (values(y=-SIX), values(y=SIX.T.astype("f4"))), True),
    ((values(y=SIX / np.inf * np.nan), values(y=SIX)), (values(y=SIX * np.nan), values(y=SIX)), True),
    ((values(y=SIX.astype(int)), values(y=SIX)), (values(y=SIX), values(y=SIX)), False),
    ((values(y=SIX.astype("f2")), values(y=SIX)), (values(y=SIX), values(y=SIX)), False),
    ((values(y=SIX.astype(object)), values(y=SIX)), (values(y=WHOLE.reshape(2, 3)), values(y=SIX)), False),
    ((values(y=SIX + 1j), values(y=SIX)), (values(y=WHOLE.reshape(2, 3)), values(y=SIX)), False),
    ((values(z=SIX), values(y=SIX)), (values(y=SIX), values(y=SIX)), False),
    ((values(y=SIX / 3), values(y=SIX)), (values(y=np.round(SIX / 3, 5)), values(y=SIX)), True),
    ((values(y=WHOLE.astype("i2")), values(y=WHOLE)), (values(y=WHOLE), values(y=WHOLE)), True),
    ((values(y=WHOLE.astype("i2") + 1), values(y=WHOLE)), (values(y=WHOLE), values(y=WHOLE)), False),
]


@pytest.mark.parametrize(("answers", "known", "named"), NAMED)
def test_a_misconception_is_sure_only_where_all_public_answers_are_its_own(answers, known, named):
    mistakes = [mistake("other", values(y=9 * SIX), values(y=9 * SIX)), mistake("this", *known)]
    verdict = judge(RULE, [{}, {}], [{"y": SIX}, {"y": SIX}], answers, mistakes)
    assert ((verdict.misconception, verdict.match) == ("this", "all")) == named
    assert verdict.hint == (f"hint of {verdict.misconception}" if verdict.misconception else "")


def test_an_untouched_stub_is_no_misconception():
    answer = Answer(raised=UNFILLED)
    assert judged(answer, mistakes=[mistake("stub", answer)]).misconception == ""


# Speed


@pytest.mark.parametrize(("ratio", "score"), [(0.1, 8), (4, 8), (8, 4), (16, 0), (1e9, 0), (np.inf, 0), (np.nan, 0)])
def test_speed_earns_points_on_the_published_curve(ratio, score):
    verdict = judge_speed(judged(SIX), RULE, ratio, against="yardstick", mistakes=[mistake("loops", slow=True)])
    assert verdict.score == score
    assert verdict.passed == (score == 8)
    assert verdict.rung == ("" if score == 8 else "speed")
    assert verdict.misconception == ("loops" if score == 0 else "")
    assert bool(verdict.next_move) == (score < 8)
    assert (verdict.speed.full, verdict.speed.zero) == (4, 16)


ADVISED = replace(RULE, advice="Count the calls.")


def test_each_question_brings_its_own_advice():
    assert judge_speed(judged(SIX), ADVISED, 8, against="yardstick").next_move == "Count the calls."
    assert "loop" not in judge_speed(judged(SIX), RULE, 8, against="yardstick").next_move


@pytest.mark.parametrize(("loops", "looped", "named"), [(True, True, 1), (True, False, 0), (False, False, 1)])
def test_only_code_with_a_loop_is_told_of_loops(loops, looped, named):
    known = [mistake("slow", slow=True, loops=loops)]
    verdict = judge_speed(judged(SIX), RULE, 99, against="yardstick", mistakes=known, looped=lambda: looped)
    assert bool(verdict.misconception) == bool(verdict.hint) == bool(named)


def test_a_question_without_limits_is_not_judged_by_speed():
    with pytest.raises(ValueError, match="no speed limits"):
        judge_speed(judged(SIX), replace(RULE, limits=None), 1, against="yardstick")


@pytest.mark.parametrize("against", ["yardstick", "reference"])
def test_what_a_busy_machine_could_not_time_loses_nothing_and_says_so(against):
    verdict = not_timed(judged(SIX), against)
    assert (verdict.score, verdict.passed, verdict.untimed, verdict.speed) == (8, True, True, None)
    assert verdict.notes[0].startswith("Not timed:")


# Words and bounds


def test_a_question_that_was_stopped_earns_nothing_and_says_why():
    verdict = stopped(RULE, "timeout", seconds=30)
    assert (verdict.score, verdict.rung) == (0, "stopped")
    assert "30 s" in verdict.reason


def test_a_long_value_of_a_case_is_cut():
    said = describe({"sizes": list(range(99)), "x": SIX})
    assert said.startswith("sizes [0, 1, 2, ")
    assert said.endswith("..., x [2, 3]")


@pytest.mark.parametrize("score", [-1, 8.1, np.nan, np.inf])
def test_no_verdict_holds_a_score_out_of_bounds(score):
    with pytest.raises(ValueError, match="outside"):
        Verdict(question="q", score=score, max_score=8)


def test_no_verdict_stands_on_an_unknown_rung():
    with pytest.raises(ValueError, match="there are allowed"):
        Verdict(question="q", score=0, max_score=8, rung="luck")
