"""Whose grades are older than the rules: points, limits or cases changed, and the students were in no run since."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.course import ROOT, ClassFolder, Lab
from autograder.course.own_code import OwnCode
from autograder.grading.key import RunSettings, VerdictKeys
from autograder.grading.own_parameters import own_lab
from autograder.grading.record import Record
from autograder.grading.run import seeds_of
from autograder.grading.steps import Step, steps_of


@dataclass(frozen=True)
class OldGrades:
    """The students whose recorded verdicts on one lab would be asked again, and the command that does it."""

    lab: str
    students: list[str]
    command: str


def old_grades(state: ClassFolder, lab: Lab, but: Collection[str] = ()) -> OldGrades | None:
    """Compare the keys of all recorded verdicts, `but` these students', with those of today; None where all hold."""
    records = sorted(path for path in state.runs.glob(f"*/{lab.name}.json") if path.parent.name not in but)
    if not records:
        return None
    keys = VerdictKeys(lab)
    students = [path.parent.name for path in records if not _holds(state, keys, path)]
    where = state.submitted.relative_to(ROOT) if state.submitted.is_relative_to(ROOT) else state.submitted
    return OldGrades(lab.name, students, f"autograder grade {where} --lab {lab.name}") if students else None


def _holds(state: ClassFolder, keys: VerdictKeys, path: Path) -> bool:
    """Whether a record's verdicts are those of a hand-in that lies there, as it would be run today."""
    record, student, lab = Record.load(path), path.parent.name, keys.lab
    if record is None:
        return False
    for steps in _graded(state, student, lab):
        seed = seeds_of(state, student, lab.name, steps)
        own, mine = OwnCode.read(state.folder).points(lab.name), own_lab(state, lab, student)
        for values_only in (False, True):
            settings = RunSettings(isolation=record.isolation, values_only=values_only, own=own, seed=seed, lab=mine)
            if set(record.outdated(keys.of(steps, settings))) <= set(record.untimed):
                return True
    return False


def _graded(state: ClassFolder, student: str, lab: Lab) -> Iterator[list[Step]]:
    """The repaired hand-ins of a student: where nbgrader looks for it, or where it lay there before."""
    for folder in (state.runs, state.submitted):
        try:
            text = (folder / student / lab.name / f"{lab.name}.ipynb").read_text("utf-8")
            yield steps_of(nbformat.v4.reads(text), lab.questions)
        except (OSError, ValueError, AttributeError, TypeError):
            continue
