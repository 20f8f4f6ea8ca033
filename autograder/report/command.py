"""The command `autograder report`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from autograder.command_line import Names, out


def report(
    names: Names = None,
    to: Annotated[
        Path | None, typer.Option(help="The folder to write to.", show_default="reports in the class's folder")
    ] = None,
) -> None:
    """Write one page a lab about the whole class: points, who failed what and why, speed, what to look at.

    Beside LAB.html lie LAB.csv, a line for each student, and LAB.json, all of it as data. The page needs no network and
    no script. Nothing is graded and nothing is changed; without a lab's name, all labs that were handed in are told.
    """
    from autograder import whole
    from autograder.course import ClassFolder, CourseError, labs
    from autograder.report.gathered import handed_in, standings
    from autograder.report.page import page, said_of_exam
    from autograder.report.reasons import ClassQuestion
    from autograder.report.tables import as_json, table
    from autograder.report.words import say

    state = ClassFolder.current()
    place = (to or state.folder / "reports").resolve()
    chosen = labs(names) if names else handed_in(state)
    if not chosen:
        raise CourseError(say("nobody.any", folder=state.folder))
    for lab in chosen:
        with out.status(lab.name):
            found = standings(state, lab, place)
            exam = said_of_exam(state, lab)
            questions = [ClassQuestion(question, found) for question in lab.questions.values()]
            whole.write_text(place / f"{lab.name}.html", page(state, lab, found, questions, datetime.now()))
            whole.write_text(place / f"{lab.name}.csv", "\ufeff" + table(lab, found))
            data = json.dumps(as_json(lab, found, questions, exam), indent=1, ensure_ascii=False)
            whole.write_text(place / f"{lab.name}.json", data + "\n")
        out.print(say("written", file=place / f"{lab.name}.html", count=len(found)), highlight=False, soft_wrap=True)
        if exam:
            out.print(exam, highlight=False, soft_wrap=True)
