"""One bench of real sandboxes for all tests, and hand-ins made of the lab's own notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import nbformat
import numpy as np
import pytest
from nbformat import NotebookNode

from autograder.authoring.source import source_notebook
from autograder.course import ROOT, Lab
from autograder.grading.allowed import Beyond
from autograder.grading.attempt import Attempt, Outcome, Patience
from autograder.grading.bench import Bench
from autograder.grading.steps import steps_of
from autograder.measure.prove import exchanged
from autograder.sandbox import levels

LAB = Lab("lab2_layers")
#: For code that does not answer: no test waits for the real limits.
HASTY = Patience(cell=3, question=1, hand_in=60)

Grade = Callable[..., Outcome]


@pytest.fixture(scope="session")
def bench() -> Iterator[Bench]:
    python = levels.default_student_python(ROOT)
    if not python.exists():
        pytest.skip("no student environment: run `make install`, or name one in AICS_STUDENT_PYTHON")
    report = levels.probe(python)[0]
    if not report.holds:
        pytest.skip(f"strict isolation does not hold here: {report.why}")
    with Bench("strict") as bench:
        yield bench


@pytest.fixture
def grade(bench: Bench) -> Grade:
    """Return ``grade(notebook, *questions, lab=LAB, **options of Attempt)``, with hidden cases drawn afresh."""

    def run(notebook: NotebookNode, *questions: str, lab: Lab = LAB, **options: object) -> Outcome:
        steps = steps_of(notebook, lab.questions)
        return Attempt(lab, steps, bench, lambda _name: np.random.default_rng(), only=questions, **options).run()

    return run


@pytest.fixture
def anything_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not refuse code for what it imports: behind this guard the others must stand alone."""
    monkeypatch.setattr("autograder.grading.attempt.beyond_allowed", lambda *_, **_options: Beyond())


@pytest.fixture(scope="session")
def stub() -> NotebookNode:
    return nbformat.read(LAB.released, 4)


@pytest.fixture(scope="session")
def solution() -> NotebookNode:
    return source_notebook(LAB)


@pytest.fixture
def solved_but(solution: NotebookNode) -> Callable[..., NotebookNode]:
    """Return ``solved_but(conv_forward=source, ...)``: the solution with other stub cells."""

    def exchange(**sources: str) -> NotebookNode:
        return exchanged(solution, {f"{question}_code": source for question, source in sources.items()})

    return exchange
