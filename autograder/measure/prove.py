"""Measure the autograder itself: right code must score full marks, every known mistake must be caught and named.

A row that holds is kept with the key of its verdict (see `autograder.grading.key`), and is proved again only when
something that decides it has changed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import nbformat
from nbformat import NotebookNode

from aics.check.messages import say
from autograder.authoring.source import source_notebook
from autograder.course import Lab, Variant
from autograder.course.question import Question
from autograder.grading import seeds
from autograder.grading.attempt import Attempt
from autograder.grading.bench import Bench
from autograder.grading.outcome import Outcome
from autograder.grading.pool import on_benches
from autograder.grading.steps import Step, steps_of


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One row: one piece of known code against one question.

    Attributes
    ----------
    kind : str
        solution, alternative, misconception or stub.
    score, max_score : float
        Points on hidden cases, drawn afresh for this proof.
    caught : bool
        Points were lost.
    named : bool
        The student's own check named this very misconception on the public cases.
    timed : bool
        The clock decides the row: right values on a question with a speed rule.
    untimed : bool
        The machine was too busy to time it, so that the row says nothing yet.
    holds : bool
        The row is as it should be.
    """

    lab: str
    question: str
    kind: str
    name: str
    score: float
    max_score: float
    caught: bool
    named: bool
    timed: bool
    reason: str
    untimed: bool = False

    @property
    def holds(self) -> bool:
        """Full marks for right code, a caught and named mistake, nothing for the stub."""
        if self.untimed:
            return False
        if self.kind == "misconception":
            return self.caught and self.named
        return self.score == 0 if self.kind == "stub" else self.score == self.max_score


@dataclass(frozen=True, kw_only=True)
class KnownCode:
    """A piece of known code: which notebook it is, and the questions that it is asked.

    `source` takes the place of the one question's cell in the solution; the solution and the stub
    are whole notebooks of their own. `slow` marks code whose values are right and whose time is a mistake.
    With `values_only` the timing is left out, and such code is another right way.
    """

    lab: str
    kind: str
    name: str
    questions: tuple[str, ...]
    source: str = ""
    slow: bool = False
    values_only: bool = False

    def timed(self, question: Question) -> bool:
        """Whether the clock decides the row: values are right, and speed counts."""
        right_values = self.kind in ("solution", "alternative") or self.slow
        return right_values and question.speed is not None and not self.values_only


def known_code(lab: Lab, *, values_only: bool = False) -> list[KnownCode]:
    """All known code of a lab: its solution, its stub, its alternatives and misconceptions."""
    questions = tuple(lab.questions)
    found = [
        KnownCode(lab=lab.name, kind=kind, name=kind, questions=questions, values_only=values_only)
        for kind in ("solution", "stub")
    ]
    for kind, variants in (("alternative", lab.alternatives), ("misconception", lab.misconceptions)):
        found += [known_variant(lab, kind, variant, values_only=values_only) for variant in variants]
    return found


def known_variant(lab: Lab, kind: str, variant: Variant, *, values_only: bool = False) -> KnownCode:
    """A variant as known code of this kind; one that is only slow is an alternative where no time counts."""
    return KnownCode(
        lab=lab.name,
        kind="alternative" if values_only and variant.slow else kind,
        name=variant.name,
        questions=(variant.question,),
        source=variant.source,
        slow=variant.slow,
        values_only=values_only,
    )


def exchanged(notebook: NotebookNode, sources: dict[str, str]) -> NotebookNode:
    """A copy of a notebook with other sources in the cells of these grade_ids."""
    copy: NotebookNode = nbformat.from_dict(notebook)
    for cell in copy.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = sources.get(name, cell.source)
    return copy


class Notebooks:
    """A lab's solution and stub as steps, read once."""

    def __init__(self, lab: Lab) -> None:
        """Read both."""
        self._solution = steps_of(source_notebook(lab), lab.questions)
        self._stub = steps_of(nbformat.read(lab.released, 4), lab.questions)

    def steps(self, code: KnownCode) -> list[Step]:
        """The steps of a piece of known code, handed in, as far as the last question that it is asked."""
        steps = self._all_steps(code)
        asked = [number for number, step in enumerate(steps) if step.question in code.questions]
        return steps[: asked[-1] + 1]

    def pieces(self, several: Sequence[KnownCode]) -> tuple[list[Step], list[list[Step]]]:
        """What variants of one cell have before them, and each from that cell to its question."""
        whole = [self.steps(code) for code in several]
        cell = f"{several[0].questions[0]}_code"
        (start, *_) = (number for number, step in enumerate(whole[0]) if step.grade_id == cell)
        return whole[0][:start], [steps[start:] for steps in whole]

    def _all_steps(self, code: KnownCode) -> list[Step]:
        if code.kind == "stub":
            return self._stub
        if not code.source:
            return self._solution
        cell = f"{code.questions[0]}_code"
        return [replace(step, source=code.source) if step.grade_id == cell else step for step in self._solution]


@lru_cache
def _opened(name: str) -> tuple[Lab, Notebooks]:
    """A lab and its notebooks, read once in each worker."""
    lab = Lab(name)
    return lab, Notebooks(lab)


def prove(todo: Sequence[KnownCode], isolation: str, workers: int) -> Iterator[tuple[KnownCode, list[Proof]]]:
    """Try all this code in the sandbox as a hand-in would be; yields the rows of each as it ends."""
    for group, result in on_benches(try_group, grouped(todo), isolation, workers):
        if isinstance(result, Exception):
            names = ", ".join(f"{code.kind} {code.name}" for code in group)
            raise RuntimeError(f"{group[0].lab}, {names}: {result}") from result
        yield from zip(group, result, strict=True)


def grouped(todo: Sequence[KnownCode]) -> list[list[KnownCode]]:
    """What is tried in one sandbox: variants of one cell where no time counts, and everything else alone."""
    groups: dict[tuple[object, ...], list[KnownCode]] = {}
    for number, code in enumerate(todo):
        together = (code.lab, code.questions) if code.source and code.values_only else (number,)
        groups.setdefault(together, []).append(code)
    return list(groups.values())


def try_group(bench: Bench, group: Sequence[KnownCode]) -> list[list[Proof]]:
    """Ask each piece of code its questions, on hidden cases that are drawn afresh.

    Several take turns in one notebook, as a student's tries do: each runs its cell again. What does not hold there, or
    has a cell that stops and so leaves another's code standing, is tried alone.
    """
    if len(group) == 1:
        return [try_one(bench, group[0])]
    lab, notebooks = _opened(group[0].lab)
    before, pieces = notebooks.pieces(group)
    outcomes = list(_attempt(lab, before, bench, group[0]).run_pieces(pieces))
    found = []
    for code, outcome in zip(group, outcomes, strict=True):
        rows = _rows(lab, code, outcome)
        own = not outcome.failed_cells and all(row.holds for row in rows)
        found.append(rows if own else try_one(bench, code))
    return found


def try_one(bench: Bench, code: KnownCode) -> list[Proof]:
    """Ask one piece of known code its questions in a sandbox of its own."""
    lab, notebooks = _opened(code.lab)
    return _rows(lab, code, _attempt(lab, notebooks.steps(code), bench, code).run())


def _attempt(lab: Lab, steps: Sequence[Step], bench: Bench, code: KnownCode) -> Attempt:
    return Attempt(
        lab,
        steps,
        bench,
        lambda question: seeds.generator(seeds.seed(secrets.token_bytes(32), code.name, lab.name, question, "")),
        only=code.questions,
        trusted=True,
        values_only=code.values_only,
    )


def _rows(lab: Lab, code: KnownCode, outcome: Outcome) -> list[Proof]:
    return [
        Proof(
            lab=lab.name,
            question=name,
            kind=code.kind,
            name=code.name,
            score=verdict.score,
            max_score=verdict.max_score,
            caught=verdict.score < verdict.max_score,
            named=outcome.own_checks.get(name, {}).get("misconception") == code.name,
            timed=code.timed(lab.questions[name]),
            reason=say("untimed.reference") if verdict.untimed else verdict.reason,
            untimed=verdict.untimed,
        )
        for name, verdict in outcome.verdicts.items()
    ]
