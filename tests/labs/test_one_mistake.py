"""One mistake costs once: with each known mistake in the solution, every other question keeps its points.

Two questions that cannot be held apart say so by `builds_on`, and then the card names the one as the cause.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from aics.check.causes import with_causes
from aics.check.judge import judge
from aics.check.verdict import Verdict
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.public_cases import public_cases
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs
from tests.labs.broken import RAN, noted, variants_of

every_lab = pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
#: Whole runs of what other questions ask for, step by step: nothing can stand in for all of it.
WHOLE_RUNS = {"transfer", "mixed_training", "sparse_training"}
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def folder(lab: Lab) -> Iterator[Path]:
    with working_folder(lab) as path:
        yield path


def verdict_on(lab: Lab, question: str, namespace: dict[str, object]) -> Verdict:
    """The verdict up to the first public case that fails."""
    asked = lab.questions[question]
    np.random.seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for case in public_cases(asked):
            answer = lab.answer(question, namespace, case)
            verdict = judge(lab.rule(question), [case], [asked.expected(**case)], [answer])
            if verdict.rung:
                break
    return verdict


def runs(lab: Lab, folder: Path) -> dict[str, set[str]]:
    """The other questions whose code each question runs when it is asked."""
    cells = [(name, noted(source, name.removesuffix("_code"))) for name, source in solution_cells(lab)]
    namespace = run_cells([("notes", f"{RAN} = set()"), *cells], beside=folder)
    found = {}
    for question in lab.questions:
        namespace[RAN].clear()
        assert verdict_on(lab, question, namespace).passed
        found[question] = (namespace[RAN] & lab.questions.keys()) - {question}
    return found


@every_lab
def test_a_mistake_costs_the_points_of_its_own_question_only(lab: Lab, folder: Path) -> None:
    cells, lost, tried = solution_cells(lab), [], 0
    beside = {q: others for q, others in runs(lab, folder).items() if q not in WHOLE_RUNS}
    for question in lab.questions:
        users = [other for other, used in beside.items() if question in used]
        for name, source in variants_of(lab, question) if users else ():
            namespace = run_cells(cells, {f"{question}_code": source}, folder)
            tried += len(users)
            lost += [(question, name, other) for other in users if not verdict_on(lab, other, namespace).passed]
    assert lost == []
    assert tried or not any(beside.values())


@every_lab
def test_a_whole_run_names_what_it_builds_on(lab: Lab, folder: Path) -> None:
    for question, used in runs(lab, folder).items():
        if question in WHOLE_RUNS:
            assert set(lab.questions[question].builds_on) == used


@every_lab
def test_the_question_that_a_whole_run_fails_with_is_named_as_the_cause(lab: Lab, folder: Path) -> None:
    builds_on = {name: question.builds_on for name, question in lab.questions.items()}
    for whole in WHOLE_RUNS & lab.questions.keys():
        for earlier in builds_on[whole]:
            (broken,) = (source for name, source in variants_of(lab, earlier) if name == "raises")
            namespace = run_cells(solution_cells(lab), {f"{earlier}_code": broken}, folder)
            found = {name: verdict_on(lab, name, namespace) for name in (whole, earlier)}
            told = with_causes(builds_on, found)[whole]
            assert told.rung
            assert earlier in told.cause
