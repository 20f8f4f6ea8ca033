"""The command `autograder export`."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from autograder.command_line import out

if TYPE_CHECKING:
    from autograder.course import ClassFolder, Lab


def export(
    lab: Annotated[str, typer.Argument(help="The lab, such as lab2_layers.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="What a learning management system wrote: a grading worksheet or a gradebook, as CSV; a download of "
            "hand-ins, as a zip or a folder."
        ),
    ] = None,
    column: Annotated[
        str, typer.Option(help="The column that takes the grades.", show_default="the one that names the lab")
    ] = "",
    scale: Annotated[
        bool, typer.Option("--scale", help="Write shares of what the file says that the column is out of.")
    ] = False,
    provisional: Annotated[
        bool, typer.Option("--provisional", help="Also write grades of hand-ins with answers that nobody has read.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option(help="The folder to write to.", show_default="exports in the class's folder")
    ] = None,
) -> None:
    """Write grades and feedback as a learning management system takes them back: in its own files.

    A CSV is filled in with grades. For a download of hand-ins, a zip holds each feedback page in the place of the file
    that it is about.

    Moodle's grading worksheet and grades, Canvas's gradebook, Blackboard's grade center and Brightspace's grades are
    known; nothing else in the file changes, and whoever is not in it is named. Without a file, a CSV with all columns
    is written. Before an exam's date no file for students is filled with its grades, and no page tells any.
    """
    from autograder.course import ClassFolder, CourseError, labs
    from autograder.gradebook.totals import of_lab
    from autograder.intake.exams import exams_on
    from autograder.intake.people import People
    from autograder.report.grade_file import Filling, fill
    from autograder.report.returned import returned

    state, (known,) = ClassFolder.current(), labs([lab])
    place, exam = (to or state.folder / "exports").resolve(), exams_on(state.folder).get(lab)
    if exam and any(not _is_download(file) for file in files or ()):
        raise CourseError(exam.said("export"))
    if not files:
        _write_table(state, known, place, [exam.said("table")] if exam else [])
    how = Filling(column=column, provisional=provisional, scaled=scale)
    for file in files or ():
        if _is_download(file):
            back = returned(state, known, file)
            _write(place / f"{file.stem}-feedback.zip", back.content, back.said())
        else:
            filled = fill(file, lab, of_lab(state, known), People(state.folder), how)
            _write(place / file.name, filled.text.encode(filled.encoding), filled.said())


def _is_download(file: Path) -> bool:
    """Whether it holds hand-ins, and no grades."""
    return file.is_dir() or zipfile.is_zipfile(file)


def _write_table(state: ClassFolder, lab: Lab, place: Path, said: Sequence[str]) -> None:
    from autograder.report.gathered import standings
    from autograder.report.tables import table

    text = "\ufeff" + table(lab, standings(state, lab, place))
    _write(place / f"{lab.name}.csv", text.encode(), said)


def _write(path: Path, content: bytes, said: Sequence[str]) -> None:
    """Write a file, and say what is in it."""
    from autograder import whole

    whole.write_bytes(path, content)
    out.print(f"{path}:" if said else str(path), highlight=False, soft_wrap=True)
    for line in said:
        out.print(f"  {escape(line)}", highlight=False)
