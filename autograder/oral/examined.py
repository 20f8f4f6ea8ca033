"""A hand-in, run once more in the sandbox: what can be asked of its right answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from aics.check.judge import describe
from aics.check.verdict import Verdict
from aics.language import listed
from aics.own.asked import Asked
from aics.own.cell import OwnCell
from aics.own.written import written_answers
from autograder.authoring.own_release import own_release
from autograder.course import ClassFolder, CourseError, Lab
from autograder.grading import seeds
from autograder.grading.attempt import Attempt
from autograder.grading.bench import Bench
from autograder.grading.own_parameters import own_lab
from autograder.grading.run import know_own, seeds_of
from autograder.grading.steps import Step, steps_of
from autograder.intake.repair import repair
from autograder.oral.messages import say


@dataclass(frozen=True, kw_only=True)
class About:
    """What is asked of one question's cell, its lines, the case in words, and what was answered in the notebook."""

    verdict: Verdict
    case: str
    lines: Sequence[str]
    asked: Sequence[Asked]
    answers: Sequence[object]


@dataclass(frozen=True, kw_only=True)
class Examined:
    """One student's part of the sheet: the questions that are right, and the names of those that are not."""

    student: str
    about: Sequence[About]
    others: Sequence[str]


def handed_in(state: ClassFolder, lab: Lab, students: Sequence[str]) -> dict[str, Path]:
    """Student -> notebook, of those named or of all that handed the lab in.

    Raises CourseError where nobody did, or one of the named did not.
    """
    found = {path.parts[-3]: path for path in sorted(state.submitted.glob(f"*/{lab.name}/{lab.name}.ipynb"))}
    if not found:
        raise CourseError(say("no_handins", lab=lab.name, folder=state.submitted))
    for student in students:
        if student not in found:
            raise CourseError(say("no_student", student=student, lab=lab.name, there=listed(found)))
    return {student: found[student] for student in students or found}


def examined(bench: Bench, state: ClassFolder, lab: Lab, student: str, path: Path) -> Examined:
    """Run a hand-in and have its questions made. Raises CourseError where its file cannot be read."""
    lab = own_lab(state, lab, student)
    know_own(bench, lab)
    steps = _steps(lab, student, path)
    seed = seeds_of(state, student, lab.name, steps)
    outcome = Attempt(lab, steps, bench, lambda q: seeds.generator(seed(q)), values_only=True, own=0.0).run()
    texts = {step.grade_id: step.source for step in steps}
    about = [
        About(
            verdict=verdict,
            case=_case(bench, lab, name, outcome.own.get(name, [])),
            lines=_lines(texts.get(f"{name}_code", "")),
            asked=outcome.own.get(name, []),
            answers=written_answers([step.source for step in steps], name),
        )
        for name, verdict in outcome.verdicts.items()
        if verdict.passed
    ]
    others = [name for name, verdict in outcome.verdicts.items() if not verdict.passed]
    return Examined(student=student, about=about, others=others)


def all_examined(bench: Bench, state: ClassFolder, lab: Lab, students: Sequence[str]) -> Iterator[Examined]:
    """Run the hand-ins one after another."""
    for student, path in handed_in(state, lab, students).items():
        yield examined(bench, state, lab, student, path)


def _steps(lab: Lab, student: str, path: Path) -> list[Step]:
    try:
        handin = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat has many ways to refuse a file
        raise CourseError(say("unreadable", student=student, file=path)) from error
    return steps_of(repair(handin, own_release(lab))[0], lab.questions)


def _case(bench: Bench, lab: Lab, question: str, asked: Sequence[Asked]) -> str:
    """The public case of some questions in words."""
    cases = bench.public_question(lab, question).cases
    return describe(cases[asked[0].case - 1]) if asked and asked[0].case <= len(cases) else ""


def _lines(source: str) -> list[str]:
    cell = OwnCell.of(source)
    return cell.source.splitlines() if cell else source.splitlines()
