"""What every question of every lab keeps to, whatever it asks."""

from __future__ import annotations

import numpy as np
import pytest

from aics.language import languages, speaking, tr
from autograder.authoring.public_cases import public_cases
from autograder.course import Lab, labs
from autograder.course.question import Case
from tests.labs.known_code import known_code

EVERY = [pytest.param(lab, name, id=f"{lab.name}-{name}") for lab in labs() for name in lab.questions]
every_question = pytest.mark.parametrize(("lab", "question"), EVERY)
every_lab = pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
SEEDS = range(3)
#: Questions about whole runs, whole networks, or plain text, whose values alone are drawn.
SAME_SIZES = {
    *("transfer", "mixed_training", "sparse_training", "sparse_momentum_epoch"),
    *("layer_importance", "redistribute", "memory", "session_run"),
}
#: In what an oracle may compute where the answer's own numbers are narrower.
WIDEST = {"f": np.dtype(np.float64), "i": np.dtype(np.int64), "u": np.dtype(np.int64)}


def draw(lab: Lab, question: str, seed: int) -> list[Case]:
    return lab.questions[question].hidden_cases(np.random.default_rng(seed))


def form(value: object) -> object:
    return (value.ndim, value.dtype) if isinstance(value, np.ndarray) else type(value)


def sizes(case: Case) -> str:
    """What code could know a public case by without looking at its numbers: the shapes, or all if there are none."""
    shapes = {
        n: v.shape if isinstance(v, np.ndarray) else v for n, v in case.items() if isinstance(v, np.ndarray | list)
    }
    return repr(shapes or case)


def plain(case: Case) -> dict[str, object]:
    """The case with its arrays as bytes, which are compared at once and shown whole."""
    return {
        name: (value.dtype.str, value.shape, value.tobytes()) if isinstance(value, np.ndarray) else value
        for name, value in case.items()
    }


@every_question
def test_the_oracle_gives_what_its_outputs_specify_in_arrays_that_fit_into_a_frame(lab: Lab, question: str) -> None:
    """64 arrays at most travel back from the sandbox; how often each node ran is counted in one of them."""
    for case in (case for seed in SEEDS for case in draw(lab, question, seed)):
        answer = lab.questions[question].expected(**case)
        assert 1 <= sum(not name.startswith("times ") for name in answer) <= 64
        for name, array in answer.items():
            output = lab.rule(question).output(name)
            kind = output.wants(array.dtype)
            wanted = np.dtype({"floating": "float64", "integer": "int64"}.get(kind, kind))
            assert array.dtype in (wanted, WIDEST.get(wanted.kind, wanted))
            assert not output.finite or np.isfinite(array).all()


@every_question
def test_the_oracle_repeats_itself_and_leaves_its_case_alone(lab: Lab, question: str) -> None:
    expected = lab.questions[question].expected
    for case, untouched in zip(draw(lab, question, 0), draw(lab, question, 0), strict=True):
        first, again = expected(**case), expected(**case)
        np.testing.assert_equal(again, first)
        np.testing.assert_equal(plain(case), plain(untouched))


@every_question
def test_draws_are_fresh_and_repeatable(lab: Lab, question: str) -> None:
    first, second, again = ([plain(case) for case in draw(lab, question, seed)] for seed in (0, 1, 0))
    np.testing.assert_equal(again, first)
    assert repr(first) != repr(second)
    assert len(first) == len(second)


@every_question
def test_no_draw_has_the_answers_of_another(lab: Lab, question: str) -> None:
    """Code that counts its calls and answers each as on an earlier page is wrong somewhere."""
    expected, pairs = lab.questions[question].expected, zip(draw(lab, question, 0), draw(lab, question, 1), strict=True)
    assert any(plain(expected(**one)) != plain(expected(**other)) for one, other in pairs)


@every_question
def test_draws_have_fixed_forms(lab: Lab, question: str) -> None:
    first, second = ([{k: form(v) for k, v in case.items()} for case in draw(lab, question, seed)] for seed in (0, 1))
    assert first == second


@pytest.mark.parametrize(("lab", "question"), [each for each in EVERY if each.values[1] not in SAME_SIZES])
def test_hidden_cases_are_not_all_of_the_public_ones_sizes(lab: Lab, question: str) -> None:
    """Code that knows the public cases by their sizes meets others in every draw."""
    public = {sizes(case) for case in public_cases(lab.questions[question])}
    for seed in range(20):
        assert [case for case in draw(lab, question, seed) if sizes(case) not in public]


@every_question
def test_every_question_has_misconceptions_with_hints_and_other_right_ways(lab: Lab, question: str) -> None:
    mistakes, ways = known_code(lab, question)
    assert len(mistakes) >= 3
    assert len(ways) >= 1
    assert sum(mistake.slow for mistake in mistakes) == (lab.questions[question].speed is not None)
    assert all(20 < len(mistake.hint) < 400 for mistake in mistakes)


@every_lab
def test_the_six_most_frequent_mistakes_have_a_hint_that_is_worked_out_in_three_steps(lab: Lab) -> None:
    """Where to look, the idea, the line: 80 to 160 words together; in six questions, where there are as many."""
    worked = [mistake for mistake in lab.misconceptions if mistake.worked]
    assert len({mistake.question for mistake in worked}) >= (6 if len(lab.questions) >= 6 else 0)
    assert all(len(mistake.worked) == 3 for mistake in worked)
    assert all(80 <= len(" ".join(mistake.worked).split()) <= 160 for mistake in worked)


@every_lab
@pytest.mark.parametrize("language", [language for language in languages() if language != "en"])
def test_a_hint_that_is_worked_out_is_so_in_every_language(lab: Lab, language: str) -> None:
    """All its paragraphs are said in that language, as long ones: by no means English, and none a mere heading."""
    steps = [step for mistake in lab.misconceptions if mistake.worked for step in (mistake.hint, *mistake.worked)]
    with speaking(language):
        assert [step for step in steps if tr(step) == step] == []
        assert all(len(tr(step)) >= len(step) / 6 for step in steps)


@every_lab
def test_prose_is_asked_for_too(lab: Lab) -> None:
    assert sum(written.points for written in lab.written.values()) > 0
