"""Hand-ins of a class whose parameters differ by student: each with what is its student's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from autograder.course import ClassFolder, Lab
from autograder.course.varying import Varying
from autograder.grading.own_parameters import own_lab
from autograder.intake.own_text import OwnText
from autograder.intake.prepared import HandIn
from autograder.intake.roster import ROSTER, Roster


def with_own_texts(state: ClassFolder, handins: Sequence[HandIn]) -> list[HandIn]:
    """Return the hand-ins, each compared with its student's own notebook where parameters differ."""
    varying = Varying.read(state.folder)
    names = _names(state.folder) if varying.labs else {}
    labs = {name: Lab(name) for name in varying.labs}
    return [_own(state, labs[each.lab], each, names) if varying.of(each.lab) else each for each in handins]


def own_text(state: ClassFolder, lab: str, student: str) -> OwnText | None:
    """Return what is a student's own in a lab's notebook; None where nothing is."""
    if not Varying.read(state.folder).of(lab):
        return None
    return _text(state, Lab(lab), student, _names(state.folder))


def _own(state: ClassFolder, lab: Lab, handin: HandIn, names: dict[str, set[str]]) -> HandIn:
    own = _text(state, lab, handin.student, names)
    return replace(handin, submitted=replace(handin.submitted, own=own))


def _text(state: ClassFolder, lab: Lab, student: str, names: dict[str, set[str]]) -> OwnText:
    return OwnText(lab=own_lab(state, lab, student), names=tuple(names.get(student, {student})))


def _names(folder: Path) -> dict[str, set[str]]:
    """Student -> the names by which one may say who one is."""
    return {student.id: student.names for student in Roster.read(folder / ROSTER).students}
