"""Which known mistake is named: the same answers on every case, two mistakes at once, or the first failing case."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aics.card.card import Card
from aics.check.ask import Answer, Raised
from aics.check.fingerprint import KnownPair, fingerprint
from aics.check.judge import Mistake, Rule, judge
from aics.check.naming import wrong_cases
from aics.check.output import EXACT, Output
from aics.check.rules import Tolerance

RULE = Rule(name="q", points=8, outputs=(Output(dtype="as expected", tolerance=Tolerance(rtol=1e-4, reason="")),))
RIGHT = {"weight": np.arange(1.0, 7.0), "bias": np.array([0.5, 0.25])}
CRASH = Answer(raised=Raised(type="IndexError", message=""))


def answer(**wrong):
    return Answer(values=RIGHT | {name: np.asarray(value) for name, value in wrong.items()})


def mistake(name, *answers):
    return Mistake(name=name, hint=f"hint of {name}.", answers=answers)


def judged(answers, *mistakes):
    return judge(RULE, [{}] * len(answers), [RIGHT] * len(answers), answers, mistakes)


WEIGHT, BIAS = answer(weight=-RIGHT["weight"]), answer(bias=[0.1, 0.2])
TWO = answer(weight=-RIGHT["weight"], bias=[0.1, 0.2])
SIGN, BIASED = mistake("sign", WEIGHT, WEIGHT), mistake("biased", BIAS, BIAS)


def test_two_mistakes_in_two_outputs_are_named_both():
    verdict = judged([TWO, TWO], SIGN, BIASED)
    assert (verdict.misconception, verdict.match) == ("sign and biased", "both")
    assert verdict.hint == "(1) hint of sign. (2) hint of biased."
    assert "two known mistakes at once" in Card(verdict).text()


def test_hints_that_are_worked_out_come_with_their_mistakes():
    one, other = (replace(m, worked=(m.name, "idea", "line")) for m in (SIGN, BIASED))
    assert judged([WEIGHT, WEIGHT], one, other).worked == ("sign", "idea", "line")
    assert judged([TWO, TWO], one, other).worked == ("sign", "idea", "line", "biased", "idea", "line")


def test_two_mistakes_on_two_cases_are_named_both():
    first, second = mistake("first", WEIGHT, answer()), mistake("second", answer(), BIAS)
    assert judged([WEIGHT, BIAS], first, second).misconception == "first and second"


def test_a_mistake_of_its_own_comes_before_two_that_would_explain_it():
    assert judged([TWO, TWO], SIGN, BIASED, mistake("joint", TWO, TWO)).misconception == "joint"


def test_two_are_not_named_where_a_second_pair_would_explain_as_much():
    assert judged([TWO, TWO], SIGN, BIASED, mistake("also biased", BIAS, BIAS)).misconception == ""


def test_two_are_not_named_where_one_of_them_shows_nowhere():
    other = answer(bias=[9.0, 9.0])
    assert judged([answer(weight=-RIGHT["weight"], bias=[0.3, 0.3])] * 2, SIGN, BIASED).misconception == ""
    assert judged([other, WEIGHT], mistake("sign", answer(), WEIGHT), BIASED).misconception == ""


def test_the_first_failing_case_decides_and_the_name_is_a_guess():
    verdict = judged([answer(), WEIGHT, BIAS], mistake("sign", answer(), WEIGHT, WEIGHT))
    assert (verdict.misconception, verdict.match) == ("sign", "first")
    assert "may be a known mistake" in Card(verdict).text()
    assert "may be a known mistake" in Card(verdict).html()


@pytest.mark.parametrize(
    ("answers", "mistakes"),
    [
        ([answer(), WEIGHT, BIAS], [mistake("sign", WEIGHT, WEIGHT, WEIGHT)]),  # it would have failed before
        ([WEIGHT, BIAS], [mistake("sign", WEIGHT, CRASH), mistake("other sign", WEIGHT, CRASH)]),  # two fit as well
        ([CRASH, BIAS], [mistake("crash", CRASH, WEIGHT)]),  # one exception is like another
        ([answer(weight=np.zeros(6)), BIAS], [mistake("zeros", answer(weight=np.zeros(6)), WEIGHT)]),
        ([answer(weight=RIGHT["weight"] * np.nan), BIAS], [mistake("nan", answer(weight=np.full(6, np.nan)), WEIGHT)]),
        ([TWO, BIAS], [mistake("sign", WEIGHT, WEIGHT)]),  # it does not explain all that is wrong
    ],
)
def test_a_guess_that_might_be_wrong_is_not_made(answers, mistakes):
    assert judged(answers, *mistakes).misconception == ""


def test_of_two_mistakes_that_fit_the_first_case_the_one_that_fits_more_cases_is_named():
    near, far = mistake("near", WEIGHT, BIAS, WEIGHT), mistake("far", WEIGHT, WEIGHT, WEIGHT)
    assert judged([WEIGHT, BIAS, BIAS], far, near).misconception == "near"


def raised(message):
    return Answer(raised=Raised(type="ValueError", message=message))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("operands of shapes (2,3) (3,)", ("along_the_row", "little")),
        ("operands of shapes (9,3) (3,)", ("", "all")),  # an error of the same type, of something else
    ],
)
def test_an_error_names_a_mistake_only_as_a_guess_and_by_what_it_says(said, named):
    known = mistake("along_the_row", raised("operands of shapes (2,3) (3,)"))
    verdict = judged([raised(said)], known)
    assert (verdict.misconception, verdict.match) == named
    assert verdict.guessed == bool(named[0])


def test_a_path_in_a_message_is_no_difference():
    known = mistake("lost", raised("cannot open at 0x7f00"))
    assert judged([raised("cannot open '/tmp/a/b' at 0x7f3a")], known).misconception == "lost"


def test_a_few_flags_name_a_mistake_only_as_a_guess():
    flag = Rule(name="q", points=1, outputs=(Output(dtype="bool", tolerance=Tolerance(rtol=0, reason="")),))
    for size, match in ((3, "little"), (8, "all")):
        wrong = Answer(values={"names": np.zeros(size, bool)})
        verdict = judge(flag, [{}], [{"names": np.ones(size, bool)}], [wrong], [mistake("m", wrong)])
        assert (verdict.misconception, verdict.match) == ("m", match)


# Two known mistakes without a common wrong case: what they answer together follows from what each answers


def test_two_are_named_by_errors_in_cases_of_their_own():
    """An error tells little, so it is a guess; each says the same as its mistake."""
    one, other = mistake("one", raised("five rows"), answer()), mistake("other", answer(), raised("no axis 3"))
    verdict = judged([raised("five rows"), raised("no axis 3")], one, other)
    assert (verdict.misconception, verdict.match) == ("one and other", "little")
    assert judged([raised("five rows"), raised("no axis 4")], one, other).misconception == ""


def test_two_of_which_one_has_a_common_case_with_a_third_are_guessed_by_what_all_have():
    one, other = mistake("one", CRASH, answer()), mistake("other", answer(), WEIGHT)
    assert judged([CRASH, WEIGHT], one, other, mistake("too", answer(), WEIGHT)).misconception == "one"


def test_a_number_of_which_a_mistake_has_kept_six_digits_is_not_a_wrong_case_of_it():
    exactly = Rule(name="q", points=1, outputs=(Output(tolerance=EXACT),))
    right, kept = {"time": np.array([1234.56789])}, Answer(values={"time": np.array([1234.57])})
    wrong = Answer(values={"time": np.array([-5.0, 1.0])})
    mistakes = [mistake("early", wrong, kept), mistake("late", kept, wrong)]
    verdict = judge(exactly, [{}] * 2, [right] * 2, [wrong, wrong], mistakes)
    assert (verdict.misconception, verdict.match) == ("early and late", "both")


def test_right_numbers_in_integers_of_another_size_than_is_asked_for_are_a_wrong_case():
    """An oracle counts in int64; a mistake without a wrong case would have no pairs, and its neighbour's be named."""
    bytes_asked = Rule(name="q", points=1, outputs=(Output(dtype="int8", tolerance=EXACT),))
    expected = {"q": np.array([3, -4, 5])}
    kept = {
        name: mistake(name, Answer(values={"q": expected["q"].astype(name)})) for name in ("int8", "int32", "float32")
    }
    wrong = {name: wrong_cases(bytes_asked, [expected], each) for name, each in kept.items()}
    assert wrong == {"int8": set(), "int32": {0}, "float32": {0}}


# Two known mistakes that change the same numbers, by the fingerprint of what both together answer

MIXED = answer(weight=RIGHT["weight"] * 3)
DOUBLED, LOST = (mistake(name, answer(weight=RIGHT["weight"] * k)) for name, k in (("doubled", 2), ("lost", 0)))


def pair(one, other, *answers):
    return KnownPair(one=one, other=other, fingerprint=fingerprint(RULE, [RIGHT] * len(answers), answers))


def judged_with(pairs, got, *mistakes):
    return judge(RULE, [{}], [RIGHT], [got], mistakes, pairs)


def test_two_that_answer_as_neither_does_are_named_by_what_both_answer():
    verdict = judged_with([pair("sign", "doubled", MIXED)], MIXED, mistake("sign", WEIGHT), DOUBLED)
    assert (verdict.misconception, verdict.match, verdict.guessed) == ("sign and doubled", "both", False)
    assert verdict.hint == "(1) hint of sign. (2) hint of doubled."


def test_two_are_not_named_by_answers_that_are_near_to_theirs():
    near = answer(weight=RIGHT["weight"] * 3.02)
    assert judged_with([pair("sign", "doubled", MIXED)], near, mistake("sign", WEIGHT), DOUBLED).misconception == ""


def test_of_several_pairs_that_answer_so_the_mistake_in_all_of_them_is_guessed():
    pairs = [pair("sign", "doubled", MIXED), pair("sign", "lost", MIXED)]
    verdict = judged_with(pairs, MIXED, mistake("sign", WEIGHT), DOUBLED, LOST)
    assert (verdict.misconception, verdict.match, verdict.guessed) == ("sign", "among", True)
    assert "something else seems to be wrong as well" in Card(verdict).text()


def test_a_mistake_that_looks_so_with_another_beside_it_is_guessed():
    verdict = judged_with([pair("sign", "sign", MIXED)], MIXED, mistake("sign", WEIGHT), DOUBLED)
    assert (verdict.misconception, verdict.match, verdict.hint) == ("sign", "among", "hint of sign.")


def test_several_pairs_with_nothing_in_common_name_nothing():
    pairs = [pair("sign", "doubled", MIXED), pair("lost", "biased", MIXED)]
    mistakes = (mistake("sign", WEIGHT), DOUBLED, LOST, mistake("biased", BIAS))
    assert judged_with(pairs, MIXED, *mistakes).misconception == ""


def test_a_pair_of_which_one_is_not_known_is_not_named():
    assert judged_with([pair("sign", "doubled", MIXED)], MIXED, DOUBLED).misconception == ""


def test_two_of_which_nothing_but_an_error_is_seen_are_a_guess():
    verdict = judged_with([pair("sign", "doubled", CRASH)], CRASH, mistake("sign", WEIGHT), DOUBLED)
    assert (verdict.misconception, verdict.match) == ("sign and doubled", "little")
    assert verdict.guessed


def test_no_pair_is_looked_for_in_right_answers():
    verdict = judged_with([pair("sign", "doubled", answer())], answer(), mistake("sign", WEIGHT), DOUBLED)
    assert (verdict.passed, verdict.misconception) == (True, "")
