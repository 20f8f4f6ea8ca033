"""The command `autograder export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.command_line import out


def export(
    lab: Annotated[str, typer.Argument(help="The lab, such as lab2_layers.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="What a learning management system exported: a grading worksheet, a gradebook, as CSV."),
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
    """Write grades as a learning management system takes them back: its own export, filled in.

    Moodle's grading worksheet and grades, Canvas's gradebook, Blackboard's grade center and Brightspace's grades are
    known; nothing else in the file changes, and whoever is not in it is named. Without a file, a CSV with all columns
    is written.
    """
    from autograder import whole
    from autograder.course import ClassFolder, labs
    from autograder.gradebook.totals import of_lab
    from autograder.intake.people import People
    from autograder.report.gathered import standings
    from autograder.report.grade_file import Filling, fill
    from autograder.report.tables import table

    state, (known,) = ClassFolder.current(), labs([lab])
    place = (to or state.folder / "exports").resolve()
    how = Filling(column=column, provisional=provisional, scaled=scale)
    if not files:
        path = place / f"{lab}.csv"
        whole.write_text(path, "\ufeff" + table(known, standings(state, known, place)))
        out.print(str(path), highlight=False, soft_wrap=True)
        return
    totals, people = of_lab(state, known), People(state.folder)
    for file in files:
        filled = fill(file, lab, totals, people, how)
        path = place / file.name
        whole.write_bytes(path, filled.text.encode(filled.encoding))
        out.print(f"{path}:", highlight=False, soft_wrap=True)
        for line in filled.said():
            out.print(f"  {line}", highlight=False)
