"""Measure the autograder itself: right code must score full marks, every known mistake must be caught and named."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from autograder.authoring.source import source_notebook
from autograder.course import Lab, Variant
from autograder.grading.attempt import Attempt
from autograder.grading.bench import Bench
from autograder.grading.pool import on_benches
from autograder.grading.seeds import generator


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
    reason: str

    @property
    def holds(self) -> bool:
        """Full marks for right code, a caught and named mistake, nothing for the stub."""
        if self.kind == "misconception":
            return self.caught and self.named
        return self.score == 0 if self.kind == "stub" else self.score == self.max_score


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """A piece of known code: which notebook it is, and the questions that it is asked.

    `source` takes the place of the one question's cell in the solution; the solution and the stub
    are whole notebooks of their own.
    """

    lab: str
    kind: str
    name: str
    questions: tuple[str, ...]
    source: str = ""

    def notebook(self) -> NotebookNode:
        """The notebook to hand in."""
        if self.kind == "stub":
            return nbformat.read(Lab(self.lab).released, 4)
        solution = source_notebook(Lab(self.lab))
        return exchanged(solution, {f"{self.questions[0]}_code": self.source}) if self.source else solution


def exhibits(lab: Lab) -> list[Exhibit]:
    """All known code of a lab: its solution, its stub, its alternatives and misconceptions."""
    found = [
        Exhibit(lab=lab.name, kind=kind, name=kind, questions=tuple(lab.questions)) for kind in ("solution", "stub")
    ]
    for kind, variants in (("alternative", lab.alternatives), ("misconception", lab.misconceptions)):
        found += [exhibit_of(lab, kind, variant) for variant in variants]
    return found


def exhibit_of(lab: Lab, kind: str, variant: Variant) -> Exhibit:
    """A variant as an exhibit of this kind."""
    return Exhibit(lab=lab.name, kind=kind, name=variant.name, questions=(variant.question,), source=variant.source)


def exchanged(notebook: NotebookNode, sources: dict[str, str]) -> NotebookNode:
    """A copy of a notebook with other sources in the cells of these grade_ids."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = sources.get(name, cell.source)
    return copy


def prove(todo: Sequence[Exhibit], isolation: str, workers: int) -> Iterator[list[Proof]]:
    """Try every exhibit in the sandbox as a hand-in would be; yields the rows of each as it ends."""
    for exhibit, result in on_benches(_try, todo, isolation, workers):
        if isinstance(result, Exception):
            raise RuntimeError(f"{exhibit.lab}, {exhibit.kind} {exhibit.name}: {result}") from result
        yield result


def _try(bench: Bench, exhibit: Exhibit) -> list[Proof]:
    lab, secret = Lab(exhibit.lab), secrets.token_bytes(32)
    attempt = Attempt(
        lab,
        exhibit.notebook(),
        bench,
        lambda question: generator(secret, exhibit.name, lab.name, question),
        only=exhibit.questions,
        trusted=True,
    )
    outcome = attempt.run()
    return [
        Proof(
            lab=lab.name,
            question=name,
            kind=exhibit.kind,
            name=exhibit.name,
            score=verdict.score,
            max_score=verdict.max_score,
            caught=verdict.score < verdict.max_score,
            named=outcome.own_checks.get(name, {}).get("misconception") == exhibit.name,
            reason=verdict.reason,
        )
        for name, verdict in outcome.verdicts.items()
    ]
