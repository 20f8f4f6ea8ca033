"""The command `autograder oral`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.command_line import Isolation, level
from autograder.oral.messages import say


def oral(
    lab: Annotated[str, typer.Argument(help="The lab, such as lab2_layers.")],
    students: Annotated[list[str] | None, typer.Argument(help="Students, by id; all if none is named.")] = None,
    to: Annotated[
        Path | None, typer.Option(help="The page to write.", show_default="oral/LAB.html in the class's folder")
    ] = None,
    isolation: Isolation = "strict",
) -> None:
    """Write a sheet for an oral check: questions about each student's own code, with what the code gives.

    The hand-ins are those that `autograder grade` has put into the class's folder; they are run in the sandbox once
    more, and only right answers are asked about. Nothing of the gradebook is changed.
    """
    from autograder import terminal
    from autograder.course import ClassFolder, labs
    from autograder.grading.bench import Bench
    from autograder.oral.examined import all_examined, handed_in
    from autograder.oral.sheet import sheet

    out, state, (known,) = Console(), ClassFolder.current(), labs([lab])
    chosen = level(isolation)
    count = len(handed_in(state, known, students or ()))
    parts = []
    with terminal.progress(out, "running", count) as advance, Bench(chosen) as bench:
        for part in all_examined(bench, state, known, students or ()):
            parts.append(part)
            advance()
    path = to or state.folder / "oral" / f"{lab}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sheet(lab, parts), "utf-8")
    asked = sum(len(about.asked) for part in parts for about in part.about)
    out.print(say("written", file=path, students=len(parts), count=asked), highlight=False, soft_wrap=True)
