"""Hand-ins that hold an attempt, and what the grader as it is gives for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import nbformat
import numpy as np
import psutil
from nbformat import NotebookNode

from autograder.attacks import Exhibit
from autograder.authoring.namespace import solution_cells
from autograder.authoring.source import source_notebook
from autograder.course import Lab
from autograder.grading.attempt import Attempt
from autograder.grading.bench import Bench
from autograder.grading.outcome import Outcome, Patience
from autograder.grading.steps import Step, steps_of
from autograder.measure.demo import with_first_cell
from autograder.measure.prove import exchanged
from tests.grading.conftest import HASTY

lab_named = cache(Lab)
ON_TIME = ("timed_outside", "taking_turns")
#: Makes of the solution code that is too slow, and not by so much that a doubt of its time would change nothing.
REPEATED = """
once = ConvolutionalLayer.forward_speedup
ConvolutionalLayer.forward_speedup = lambda self, input: [once(self, input) for _ in range(80)][0]
"""
#: What a trick on time finds: `slow(self, input)`, and a size between that of inputs that are judged and timed.
START = "slow, LARGE = ConvolutionalLayer.forward_speedup, 10000\nforward_speedup = slow"


@cache
def released(lab: str) -> NotebookNode:
    """The notebook that students get."""
    return nbformat.read(lab_named(lab).released, 4)


def handin(exhibit: Exhibit) -> NotebookNode:
    """The released notebook with the attempt in it, and nothing else done but what its slow code builds on."""
    if exhibit.guard in ON_TIME:
        notebook = released(exhibit.lab) if exhibit.lab == "lab2_layers" else source_notebook(lab_named(exhibit.lab))
        return exchanged(notebook, {f"{exhibit.cell}_code": upon_slow_code(exhibit)})
    if exhibit.cell:
        return exchanged(released(exhibit.lab), {f"{exhibit.cell}_code": exhibit.source})
    return with_first_cell(released(exhibit.lab), exhibit.source)


def upon_slow_code(exhibit: Exhibit) -> str:
    """The cell: right and slow code, the trick upon it, and in lab 2 what the trick made of it on the class."""
    lab = lab_named(exhibit.lab)
    if exhibit.guard == "taking_turns":
        slow = dict(solution_cells(lab))[f"{exhibit.cell}_code"] + REPEATED
    else:
        slow = next(code.source for code in lab.misconceptions if code.question == exhibit.cell and code.slow)
    if exhibit.lab != "lab2_layers":
        return f"{slow}\n{exhibit.source}"
    return f"{slow}\n{START}\n{exhibit.source}\nConvolutionalLayer.forward_speedup = forward_speedup\n"


def steps(exhibit: Exhibit) -> list[Step]:
    """The steps of its hand-in up to the last question that it is about, other questions left out."""
    every = steps_of(handin(exhibit), lab_named(exhibit.lab).questions)
    last = max(number for number, step in enumerate(every) if step.question in exhibit.asked)
    return [step for step in every[: last + 1] if not step.question or step.question in exhibit.asked]


def fresh(_question: str) -> np.random.Generator:
    """Hidden cases that nobody has seen."""
    return np.random.default_rng()


def graded(
    bench: Bench, exhibit: Exhibit, draw: Callable[[str], np.random.Generator] = fresh, **options: object
) -> Outcome:
    """What the grader says of its hand-in; it has the real limits where it may gain, also on a busy machine."""
    answers = exhibit.guard in ("hidden_cases", "measured_outside", "allowed_imports", *ON_TIME)
    options = {"patience": Patience() if answers else HASTY, **options}
    return Attempt(lab_named(exhibit.lab), steps(exhibit), bench, draw, only=exhibit.asked, **options).run()


def points(outcome: Outcome) -> dict[str, float]:
    """Points by question."""
    return {question: verdict.score for question, verdict in outcome.verdicts.items()}


def assert_gains_nothing(bench: Bench, exhibit: Exhibit, **options: object) -> Outcome:
    """Assert that the grader gives no points, says why, and has no process left of it; returns what came out."""
    before = set(psutil.Process().children())
    outcome = graded(bench, exhibit, **options)

    assert points(outcome) == dict.fromkeys(exhibit.asked, 0)
    assert all(verdict.reason and len(verdict.reason) < 2000 for verdict in outcome.verdicts.values())
    # Of these alone: a neighbour that a test put beside the hand-in starts processes of its own at any time.
    assert set(psutil.Process().children()) <= before
    return outcome
