"""A lab's reference file gives back what was put in, compressed, each content once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aics.check.ask import Answer, Raised, Unfit
from aics.check.fingerprint import KnownPair
from aics.check.judge import Mistake, Rule
from aics.check.output import Output, exact
from aics.check.reference import PublicQuestion, Reference, differing, save
from aics.check.rules import SpeedLimits, Tolerance

X = np.array([[0.5, -1.0]], np.float32)


def two_questions():
    """One question with everything that a file can hold, and one with the least."""
    near = Output(tolerance=Tolerance(rtol=1e-3, atol=1e-6, reason="a test"), finite=False, reads="the answer")
    wide = X.astype(np.float64) / 4
    mistakes = [
        Mistake(name="negative", hint="The sign.", answers=[Answer(values={"y": -X}), Answer(values={"y": wide})]),
        Mistake(
            name="halves", hint="Wide.", answers=[Answer(values={"y": X.astype("f2")}), Answer(values={"y": X > 0})]
        ),
        Mistake(name="crash", hint="The end.", answers=[Answer(raised=Raised(type="IndexError", message="m"))] * 2),
        Mistake(name="nothing", hint="A return.", answers=[Answer(misfit=("y", "NoneType"))] * 2),
        Mistake(name="flat", hint="An axis.", answers=[Answer(unfit=Unfit(output="y", rung="shape", got="[6]"))] * 2),
        Mistake(name="loops", hint="The loop.", answers=[], slow=True, loops=True),
    ]
    yield PublicQuestion(
        rule=Rule(
            name="conv",
            points=8,
            outputs=(*exact("count"), near),
            limits=SpeedLimits(full=2, zero=8),
            advice="Count.",
            bonus=True,
        ),
        cases=[{"x": X, "stride": 2}, {"x": X[:, :0], "stride": 1}],
        expected=[{"y": X.astype(np.float64)}, {"y": np.zeros((1, 0))}],
        speed_case={"x": np.ones((4, 5), np.float32), "stride": 3},
        mistakes=mistakes,
        pairs=[
            KnownPair(one="negative", other="crash", fingerprint=np.array([0.5, -1.25, 3.0, 0.0])),
            KnownPair(one="halves", other="nothing", fingerprint=np.array([1.0, 2.0, 3.0, 4.0])),
        ],
    )
    yield PublicQuestion(
        rule=Rule(name="relu", points=5, outputs=(*exact("count"), near)),
        cases=[{"x": X}],
        expected=[{"loss": np.array(2.0), "count": np.array(3)}],
        speed_case=None,
        mistakes=[Mistake(name=name, hint="", answers=[Answer(values={"y": X})]) for name in ("one", "other")],
        pairs=[KnownPair(one="one", other="other", fingerprint=np.array([9.0, 8.0, 7.0, 6.0]))],
    )


@pytest.fixture
def questions():
    return list(two_questions())


@pytest.fixture
def reference(tmp_path, questions):
    save(tmp_path / "deep" / "lab.npz", questions)
    return Reference(tmp_path / "deep" / "lab.npz")


def assert_same(ours, theirs):
    assert ours.keys() == theirs.keys()
    for name, value in theirs.items():
        assert np.asarray(ours[name]).dtype == np.asarray(value).dtype
        np.testing.assert_array_equal(ours[name], value)


def test_rules_come_back_in_order(reference, questions):
    assert reference.rules == [question.rule for question in questions]


def test_cases_and_expected_outputs_come_back(reference, questions):
    for question in questions:
        read = reference.question(question.rule.name)
        for kind in ("cases", "expected"):
            for ours, theirs in zip(getattr(read, kind), getattr(question, kind), strict=True):
                assert_same(ours, theirs)


def test_mistakes_come_back_with_their_answers(reference, questions):
    for ours, theirs in zip(reference.question("conv").mistakes, questions[0].mistakes, strict=True):
        assert (ours.name, ours.hint, ours.slow) == (theirs.name, theirs.hint, theirs.slow)
        for got, put in zip(ours.answers, theirs.answers, strict=True):
            assert got.outcome == put.outcome
            if put.values:
                assert_same(got.values, put.values)


@pytest.mark.parametrize("number", [1e250, -1e300, 1e-200, np.inf, np.nan, 0.0, 0.1])
def test_a_mistakes_number_of_any_size_comes_back(tmp_path, questions, number):
    """Bytes that are read at the wrong place come to such numbers."""
    questions[0].mistakes[0].answers[1] = Answer(values={"y": np.array([1.0, number])})
    save(tmp_path / "lab.npz", questions)

    read = Reference(tmp_path / "lab.npz").question("conv").mistakes[0].answers[1].values["y"]
    assert read.dtype == np.float64
    np.testing.assert_allclose(read, [1.0, number], rtol=1e-6, atol=0)


def test_pairs_come_back_with_their_fingerprints(reference, questions):
    for question in questions:
        pairs = reference.question(question.rule.name).pairs
        assert [(pair.one, pair.other) for pair in pairs] == [(pair.one, pair.other) for pair in question.pairs]
        for ours, theirs in zip(pairs, question.pairs, strict=True):
            np.testing.assert_array_equal(ours.fingerprint, theirs.fingerprint)


def test_a_timed_case_is_kept_by_its_sizes_and_filled_anew(reference):
    case = reference.question("conv").speed_case
    assert (case["x"].shape, case["x"].dtype, case["stride"]) == ((4, 5), np.float32, 3)
    assert case["x"].std() > 0
    assert_same(case, reference.question("conv").speed_case)
    assert reference.question("relu").speed_case is None


def test_equal_contents_make_equal_bytes(tmp_path):
    for name in ("one", "two"):
        save(tmp_path / name, list(two_questions()))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_an_exceptions_message_is_not_kept(tmp_path, questions):
    """It may name a path of the machine that built the file."""
    questions[0].mistakes[2].answers[0] = Answer(raised=Raised(type="E", message="/home/somebody/x.py"))
    save(tmp_path / "lab.npz", questions)
    with np.load(tmp_path / "lab.npz") as file:
        assert not any(b"somebody" in file[key].tobytes() for key in file.files)


def test_a_content_that_comes_again_is_stored_once(tmp_path):
    x = np.random.default_rng(0).standard_normal(5000)
    one, two = two_questions()
    save(tmp_path / "once", [replace(one, cases=[{"x": x}], expected=one.expected[:1], mistakes=[], pairs=[]), two])
    save(tmp_path / "twice", [replace(one, cases=[{"x": x}, {"x": x.copy()}], mistakes=[], pairs=[]), two])
    assert (tmp_path / "twice").stat().st_size < (tmp_path / "once").stat().st_size + x.nbytes // 2
    for case in Reference(tmp_path / "twice").question("conv").cases:
        np.testing.assert_array_equal(case["x"], x)


def test_files_differ_in_the_questions_whose_contents_do(tmp_path):
    one, two = two_questions()
    for name in ("one", "two"):
        save(tmp_path / name, [one, two])
    assert differing(tmp_path / "one", tmp_path / "two") == []
    save(tmp_path / "two", [two, one])
    assert differing(tmp_path / "one", tmp_path / "two") == ["the questions' order"]
    save(tmp_path / "two", [one])
    assert differing(tmp_path / "one", tmp_path / "two") == [two.rule.name]
    save(tmp_path / "two", [one, replace(two, rule=replace(two.rule, points=two.rule.points + 1))])
    assert differing(tmp_path / "one", tmp_path / "two") == [two.rule.name]
    one.cases[0]["x"] = one.cases[0]["x"] + 1
    save(tmp_path / "two", [one, two])
    assert differing(tmp_path / "one", tmp_path / "two") == [one.rule.name]
    (tmp_path / "two").write_bytes((tmp_path / "one").read_bytes()[:-30])
    assert differing(tmp_path / "one", tmp_path / "two") == ["what is no reference file"]


def test_what_a_mistake_answers_may_differ_by_what_the_judge_allows(tmp_path):
    """Another computer adds up in another order."""
    save(tmp_path / "one", list(two_questions()))
    for factor, same in ((1 + 1e-5, True), (1.1, False)):
        questions = list(two_questions())
        answers = questions[0].mistakes[0].answers
        answers[0] = Answer(values={name: factor * array for name, array in answers[0].values.items()})
        save(tmp_path / "two", questions)
        assert (differing(tmp_path / "one", tmp_path / "two") == []) is same


def test_files_differ_where_their_mistakes_do(tmp_path):
    questions = list(two_questions())
    save(tmp_path / "one", questions)
    fewer = replace(questions[0], mistakes=questions[0].mistakes[1:], pairs=questions[0].pairs[1:])
    save(tmp_path / "two", [fewer, questions[1]])
    assert differing(tmp_path / "one", tmp_path / "two") == [questions[0].rule.name]


@pytest.mark.parametrize(("factor", "same"), [(1.0005, True), (1.01, False)])
def test_files_differ_where_the_fingerprints_of_pairs_do(tmp_path, factor, same):
    one, two = two_questions()
    save(tmp_path / "one", [one, two])
    pairs = [replace(pair, fingerprint=pair.fingerprint * factor) for pair in two.pairs]
    save(tmp_path / "two", [one, replace(two, pairs=pairs)])
    assert differing(tmp_path / "one", tmp_path / "two") == ([] if same else [two.rule.name])
    save(tmp_path / "two", [replace(one, pairs=one.pairs[1:]), two])
    assert differing(tmp_path / "one", tmp_path / "two") == [one.rule.name]


def test_an_unknown_question_is_a_key_error(reference):
    with pytest.raises(KeyError, match="pool"):
        reference.question("pool")
