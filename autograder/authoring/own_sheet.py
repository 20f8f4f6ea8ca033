"""What a release gets where parameters differ by student: the sheet of them all, and their public cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aics.language import listed, tr
from aics.parameters.drawn import NUMBERS
from aics.parameters.sheet import FILE, Sheet, cases_file, people_of
from autograder.authoring.own_cases import own_cases
from autograder.authoring.own_release import forms
from autograder.course import ClassFolder, CourseError, Lab
from autograder.course.exam import Exam
from autograder.course.parameters import Parameters
from autograder.course.varying import PARAMETERS, Varying
from autograder.grading.own_parameters import key_of
from autograder.intake.roster import ROSTER, Roster


def class_sheet(
    state: ClassFolder, chosen: Sequence[Lab], exams: Mapping[str, Exam]
) -> tuple[Sheet, dict[Lab, Sequence[str]]]:
    """Return a class's sheet, and which questions of these labs differ; without labs where none does.

    Raises CourseError where some do and the class has no roster: an id must be the same when it is typed and graded;
    and where the check of one is left out of an exam, since the sheet holds its public cases.
    """
    said = Varying.read(state.folder)
    varying = {lab: said.of(lab.name) for lab in chosen if said.of(lab.name)}
    roster = Roster.read(state.folder / ROSTER)
    if varying and not roster.students:
        raise CourseError(
            tr(
                "{path} lets parameters differ by student, and there is no {roster} that says by which "
                "id each is known. `autograder roster FILE` writes it from your LMS's list.",
                path=state.folder / PARAMETERS,
                roster=ROSTER,
            )
        )
    for lab, names in varying.items():
        _not_left_out(state, exams.get(lab.name), names)
    return sheet_of(key_of(state), {s.id: sorted(s.names) for s in roster.students}, varying), varying


def _not_left_out(state: ClassFolder, exam: Exam | None, names: Sequence[str]) -> None:
    if exam is None or exam.checks is None:
        return
    if closed := [name for name in names if name not in exam.checks]:
        raise CourseError(
            tr(
                "{path} lets {questions} of {lab} differ by student. The exam leaves the check out, "
                "whose public cases the zip would hold: name it under `checks` of the exam, or take the "
                "question out of {file}.",
                path=state.folder / PARAMETERS,
                questions=listed(closed),
                lab=exam.lab,
                file=PARAMETERS,
            )
        )


def sheet_of(key: bytes, people: Mapping[str, list[str]], varying: Mapping[Lab, Sequence[str]]) -> Sheet:
    """Return the sheet of the questions that differ, lab by lab; `people`: id -> other names of each student."""
    labs = {lab.name: _lab(lab, names) for lab, names in varying.items()}
    return Sheet(key=key, people=people_of(key, people), labs=labs)


def files_of(sheet: Sheet, varying: Mapping[Lab, Sequence[str]]) -> dict[str, bytes]:
    """Return the files of a release that hold this: name -> content. Public cases that are not there yet are built."""
    found = {f"data/{FILE}": sheet.text().encode()}
    for lab, names in varying.items():
        for question in (name for name in names if name in lab.questions):
            for place, drawn in enumerate(_parameters(lab, question).variants()):
                file = own_cases(lab.having({question: drawn}), question)
                found[f"data/{cases_file(lab.name, question, place)}"] = file.read_bytes()
    return found


def _lab(lab: Lab, names: Sequence[str]) -> dict[str, Any]:
    cells = {
        form.cell: {"text": form.text, "plain": form.plain, "question": form.question} for form in forms(lab, names)
    }
    return {"cells": cells, "questions": {name: _question(_parameters(lab, name)) for name in names}}


def _question(parameters: Parameters) -> dict[str, Any]:
    variants = parameters.variants()
    return {
        "numbers": [variants.index(parameters.drawn(number)) for number in range(NUMBERS)],
        "variants": [{"drawn": dict(drawn), "words": parameters.filling(drawn)} for drawn in variants],
    }


def _parameters(lab: Lab, question: str) -> Parameters:
    found = lab.parameters[question]
    assert found is not None, f"{question} has no parameters"
    return found
