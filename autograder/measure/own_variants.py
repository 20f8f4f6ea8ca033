"""Known code of the questions whose parameters may differ, tried with every variant that there is.

All that a student may get is tried: the solution and every other right way must be right, every known mistake must be
wrong on each of some draws of hidden cases, and be named by the student's own check on the public ones, and the stub
must score nothing. Right ways of the lab's later questions must stay right beside it. It runs in this process, as
`autograder.measure.draws` does; the sandbox is proved with the defaults.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from aics.check.judge import judge, judge_in_turn
from aics.check.verdict import Verdict
from aics.parameters.messages import drawn_words
from autograder.authoring.namespace import run_cell, run_cells, solution_cells
from autograder.authoring.own_cases import own_public_question
from autograder.authoring.own_release import own_release
from autograder.authoring.start import working_folder
from autograder.course import Lab
from autograder.course.parameters import Drawn, Value, combinations
from autograder.grading.bench import Bench
from autograder.grading.pool import on_benches
from autograder.measure.draws import drawn
from autograder.measure.prove import Proof

#: How many draws of hidden cases are tried of each variant.
DRAWS = 3


@dataclass(frozen=True)
class OwnVariant:
    """One variant of one question."""

    lab: str
    question: str
    drawn: tuple[tuple[str, Value], ...]


def own_variants(chosen: Sequence[Lab]) -> list[OwnVariant]:
    """Return all variants of all questions of these labs that code answers."""
    return [
        OwnVariant(lab.name, question, tuple(values.items()))
        for lab in chosen
        for question, values in combinations({name: lab.parameters[name] for name in lab.questions})
    ]


def proved(variants: Sequence[OwnVariant], workers: int) -> Iterator[list[Proof]]:
    """Yield the rows of each variant, in the order in which so many processes are done with them."""
    for _, rows in on_benches(_of_variant, variants, "none", workers):
        if isinstance(rows, Exception):
            raise rows
        yield rows


def _of_variant(_bench: Bench, variant: OwnVariant) -> list[Proof]:
    with threadpool_limits(1):
        return rows_of(Lab(variant.lab), variant.question, dict(variant.drawn))


def rows_of(lab: Lab, question: str, values: Drawn) -> list[Proof]:
    """Try all known code of a question with these parameters, and the right ways of the lab's other questions."""
    own, said = lab.having({question: values}), drawn_words(dict(values))
    with working_folder(own) as folder, warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # overflow and division by zero are what some mistakes are about
        return [*_of_question(own, question, said, folder), *_of_others(own, question, said, folder)]


def _of_question(lab: Lab, question: str, said: str, folder: Path) -> Iterator[Proof]:
    cells = list(takewhile(lambda cell: cell[0] != f"{question}_code", solution_cells(lab)))
    for kind, name, source in _known(lab, question):
        namespace = run_cells(cells, {}, folder)
        run_cell(namespace, f"{question}_code", source)
        yield _row(lab, question, kind, name, said, list(_verdicts(lab, question, namespace)))


def _of_others(lab: Lab, question: str, said: str, folder: Path) -> Iterator[Proof]:
    """Yield a row for each right way of the questions behind it, whose code may call what differs."""
    cells = dict(solution_cells(lab))
    namespace, names = run_cells(list(cells.items()), {}, folder), list(lab.questions)
    for other in names[names.index(question) + 1 :]:
        for kind, name, source in _known(lab, other):
            if kind in ("solution", "alternative"):
                run_cell(namespace, f"{other}_code", source)
                yield _row(lab, other, kind, name, said, [_hidden(lab, other, namespace, number=0)] * 2)
        run_cell(namespace, f"{other}_code", cells[f"{other}_code"])


def _known(lab: Lab, question: str) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, name, source) of all known code; the stub is the one that the student gets."""
    yield "solution", "solution", dict(solution_cells(lab))[f"{question}_code"]
    yield from (("alternative", v.name, v.source) for v in lab.alternatives if v.question == question)
    yield from (("misconception", v.name, v.source) for v in lab.misconceptions if v.question == question)
    yield "stub", "stub", {cell.id: cell.source for cell in own_release(lab).cells}[f"{question}_code"]


def _verdicts(lab: Lab, question: str, namespace: Mapping[str, object]) -> Iterator[Verdict]:
    """Yield what is said of the public cases, then of each draw of hidden ones."""
    rule, known = lab.rule(question), own_public_question(lab, question)
    np.random.seed(0)  # code that draws numbers draws the same ones as in the build
    answers = [lab.answer(question, namespace, case) for case in known.cases]
    yield judge(rule, known.cases, known.expected, answers, known.mistakes, known.pairs)
    yield from (_hidden(lab, question, namespace, number) for number in range(DRAWS))


def _hidden(lab: Lab, question: str, namespace: Mapping[str, object], number: int) -> Verdict:
    """What is said of one draw of hidden cases."""
    cases, expected = drawn(lab, question, number)
    return judge_in_turn(lab.rule(question), cases, expected, lambda case: lab.answer(question, namespace, case))


def _row(lab: Lab, question: str, kind: str, name: str, said: str, verdicts: Sequence[Verdict]) -> Proof:
    """The row: right code is as good as its worst verdict, wrong code as bad as its best one."""
    public, *hidden = verdicts
    wrong = kind in ("misconception", "stub")
    decisive = max(hidden, key=lambda v: v.score) if wrong else min(verdicts, key=lambda v: v.score)
    return Proof(
        lab=lab.name,
        question=question,
        kind=kind,
        name=f"{name} ({said})",
        score=decisive.score,
        max_score=decisive.max_score,
        caught=decisive.score < decisive.max_score,
        named=public.misconception == name,
        timed=False,
        reason=decisive.reason,
    )
