"""All answers of a lab that are known to be right or wrong, with what is known of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import nbformat

from autograder.authoring.cell import Cell, cell_of
from autograder.course import Lab, Variant
from autograder.grading.steps import Step, steps_of
from autograder.measure.mutants.equivalents import equivalents
from autograder.measure.mutants.mutant import mutants

#: Who wrote a cell decides its licence: the notebook's code has one, the bank another (see LICENSE).
CODE, BANK = "BSD-3-Clause", "CC-BY-4.0"


@dataclass(frozen=True, kw_only=True)
class Known:
    """One answer to a question; the fields are those of the exported rows (schema.json says what each holds)."""

    lab: str
    question: str
    kind: str
    name: str
    right: bool
    source: str
    licence: str
    slow: bool = False
    label: str = ""
    worked: tuple[str, ...] = ()
    rule: str = ""
    line: int = 0
    was: str = ""
    now: str = ""


def known_answers(lab: Lab, question: str, with_mutants: bool = False) -> list[Known]:
    """The solution, the stub, every other right way, every mistake and, if asked for, every mutant of a question."""
    solution = cell_of(lab, question)
    stub = next(step.source for step in _released(lab) if step.grade_id == f"{question}_code")
    found = [
        _own(lab, question, "solution", solution.source, right=True, label="The notebook's own solution."),
        _own(lab, question, "stub", stub, right=False, label="What students start from: nothing is filled in."),
        *(_variant(lab, "alternative", variant) for variant in lab.alternatives if variant.question == question),
        *(_variant(lab, "misconception", variant) for variant in lab.misconceptions if variant.question == question),
    ]
    return [*found, *_mutants(lab, question, solution)] if with_mutants else found


def _released(lab: Lab) -> list[Step]:
    return steps_of(nbformat.read(lab.released, 4), lab.questions)


def _own(lab: Lab, question: str, kind: str, source: str, right: bool, label: str) -> Known:
    """A cell of the notebook itself."""
    return Known(
        lab=lab.name, question=question, kind=kind, name=kind, right=right, source=source, licence=CODE, label=label
    )


def _variant(lab: Lab, kind: str, variant: Variant) -> Known:
    return Known(
        lab=lab.name,
        question=variant.question,
        kind=kind,
        name=variant.name,
        right=kind == "alternative",
        source=variant.source,
        licence=BANK,
        slow=variant.slow,
        label=variant.hint,
        worked=variant.worked,
    )


def _mutants(lab: Lab, question: str, solution: Cell) -> Iterator[Known]:
    """Every mutant by rule and place; those that are listed as no mistakes are right, and their reason the label."""
    reasons = {(each.was, each.now): each.why for each in equivalents(lab) if each.question == question}
    for number, mutant in enumerate(mutants(question, solution), 1):
        why = reasons.get((mutant.was, mutant.now), "")
        yield Known(
            lab=lab.name,
            question=question,
            kind="mutant",
            name=f"{number:04}",
            right=bool(why),
            source=mutant.source,
            licence=CODE,
            label=why,
            rule=mutant.rule,
            line=mutant.line,
            was=mutant.was,
            now=mutant.now,
        )
