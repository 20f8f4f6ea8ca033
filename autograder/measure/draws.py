"""Many draws of a question's cases against all known code, in this process: does every draw tell right from wrong?

A hidden case is drawn for each hand-in, so a mistake that one draw in a hundred lets through is a mistake that earns
points now and then. `autograder prove` tries one draw in the sandbox; this tries as many as there is time for.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aics.check.ask import ask_each
from aics.check.judge import judge
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab, Variant
from autograder.course.question import Case

#: A draw's cases, and what is expected of each.
Draw = tuple[list[Case], list[dict[str, np.ndarray]]]


@dataclass(frozen=True, kw_only=True)
class Misjudged:
    """Known code that one draw misjudges: a mistake that passes, or right code that does not."""

    lab: str
    question: str
    kind: str
    name: str
    draw: int
    reason: str


def misjudged(lab: Lab, draws: int, questions: Sequence[str] = (), first: int = 0) -> Iterator[Misjudged]:
    """Yield each piece of known code of a lab that one of `draws` draws misjudges, with the first such draw.

    `questions` are all of the lab's where none are named; mistakes of speed are left out.
    """
    cells = solution_cells(lab)
    with working_folder(lab) as folder:
        for question in questions or lab.questions:
            made = [_draw(lab, question, first + number) for number in range(draws)]
            for kind, variant in _known(lab, question):
                exchanged = {f"{question}_code": variant.source} if variant else {}
                found = _first(lab, question, kind, made, cells, exchanged, folder)
                if found is not None:
                    number, reason = found
                    name = variant.name if variant else kind
                    yield Misjudged(
                        lab=lab.name, question=question, kind=kind, name=name, draw=first + number, reason=reason
                    )


def _known(lab: Lab, question: str) -> Iterator[tuple[str, Variant | None]]:
    yield "solution", None
    yield from (("alternative", v) for v in lab.alternatives if v.question == question)
    yield from (("misconception", v) for v in lab.misconceptions if v.question == question and not v.slow)


def _draw(lab: Lab, question: str, number: int) -> Draw:
    cases = lab.questions[question].cases(np.random.default_rng([number, *question.encode()]))
    return cases, [lab.questions[question].expected(**case) for case in cases]


def _first(
    lab: Lab,
    question: str,
    kind: str,
    draws: Sequence[Draw],
    cells: list[tuple[str, str]],
    exchanged: Mapping[str, str],
    folder: Path,
) -> tuple[int, str] | None:
    """The number of the first draw that misjudges the code, and why; None where none does."""
    rule = lab.rule(question)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # overflow and division by zero are what some mistakes are about
        namespace = run_cells(cells, exchanged, folder)
        for number, (cases, expected) in enumerate(draws):
            np.random.seed(number)
            verdict = judge(rule, cases, expected, ask_each(lambda case: lab.answer(question, namespace, case), cases))
            if verdict.passed == (kind == "misconception"):
                return number, verdict.reason
    return None
