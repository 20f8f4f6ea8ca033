"""The commands `autograder gradebook ...`."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from aics.language import tr

gradebook = typer.Typer(no_args_is_help=True, help="Look after the gradebook's database.")


@gradebook.callback()
def group() -> None:
    """Look after the gradebook's database."""


@gradebook.command()
def copy(
    target: Annotated[
        str,
        typer.Argument(
            help="Where to: a database's address, such as postgresql://user@host/course, or an SQLite file."
        ),
    ],
) -> None:
    """Copy the class's gradebook into another database, every score and comment: into PostgreSQL, and back.

    The source is the gradebook in use: AICS_GRADEBOOK, or the SQLite file of the class's folder. The target must be
    empty, and has either all rows at the end or none. Hand-ins and feedback pages stay where they are.
    """
    from autograder import terminal
    from autograder.course import ClassFolder
    from autograder.gradebook.copied import Copying, shown

    out, copying = Console(), Copying(ClassFolder.current().gradebook_url, target)
    with terminal.progress(out, tr("copying"), sum(copying.counts.values())) as advance:
        for rows in copying.run():
            for _ in range(rows):
                advance()
    students, grades = copying.counts["student"], copying.counts["grade"]
    out.print(
        tr(
            "{database}: {students:,} students, {grades:,} grades",
            database=shown(copying.target),
            students=students,
            grades=grades,
        ),
        soft_wrap=True,
        highlight=False,
    )
    out.print(
        tr("To use it, set AICS_GRADEBOOK to its address, {address}", address=copying.address),
        soft_wrap=True,
        highlight=False,
    )
