"""Whose grades are older than the rules: points, limits or cases changed, and the students were in no run since."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import ROOT, ClassFolder, Lab
from autograder.course.own_code import OwnCode
from autograder.gradebook.answers import answers, answers_path, same_as_before
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


def changed_since(state: ClassFolder, lab: Lab, record: Record, question: str) -> str:
    """Return what is another today than when a verdict was made: the "rules", the "hand-in", or "" for neither."""
    keys, made_for = VerdictKeys(lab), record.judged[question].key
    if any(today.get(question) == made_for for today in _keys_today(state, keys, record, record.student, [question])):
        return ""
    remembered = answers_path(state, record.student, lab.name)
    there = _graded(state, record.student, lab)
    same = any(question in same_as_before(remembered, answers(notebook)) for notebook, _ in there)
    return "rules" if same else "hand-in"


def _holds(state: ClassFolder, keys: VerdictKeys, path: Path) -> bool:
    """Whether a record's verdicts are those of a hand-in that lies there, as it would be run today."""
    record = Record.load(path)
    if record is None:
        return False
    today = _keys_today(state, keys, record, path.parent.name)
    return any(set(record.outdated(each)) <= set(record.untimed) for each in today)


def _keys_today(
    state: ClassFolder, keys: VerdictKeys, record: Record, student: str, only: Collection[str] | None = None
) -> Iterator[dict[str, str]]:
    """Yield the keys that the verdicts of a record would have today, in each way that the hand-in may have been run."""
    own, lab = OwnCode.read(state.folder).points(keys.lab.name), keys.lab
    for _, steps in _graded(state, student, lab):
        seed = seeds_of(state, student, lab.name, steps)
        own, mine = OwnCode.read(state.folder).points(lab.name), own_lab(state, lab, student)
        for values_only in (False, True):
            settings = RunSettings(isolation=record.isolation, values_only=values_only, own=own, seed=seed, lab=mine)
            yield keys.of(steps, settings, only)


def _graded(state: ClassFolder, student: str, lab: Lab) -> Iterator[tuple[NotebookNode, list[Step]]]:
    """The repaired hand-ins of a student: where nbgrader looks for it, or where it lay there before."""
    for folder in (state.runs, state.submitted):
        try:
            notebook = nbformat.v4.reads((folder / student / lab.name / f"{lab.name}.ipynb").read_text("utf-8"))
            yield notebook, steps_of(notebook, lab.questions)
        except (OSError, ValueError, AttributeError, TypeError):
            continue
