"""The command `autograder measure`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from autograder.grading.pool import cores


def measure(
    names: Annotated[list[str] | None, typer.Argument(help="Labs, such as lab2_layers; all if none is named.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes at the same time.", show_default="cores")] = cores(),
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write every mutant and every case to this file.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Only so many mutants of each question; 0: all.")] = 0,
) -> None:
    """Try the checks on code that they have never seen: every solution with one change, made by machine.

    Each mutant is judged on hidden cases, in this process's children, and by the student's own check. One that no case
    tells from the solution needs a case, or a reason in solutions/LAB/equivalents.toml.
    Exit status 1 if one has neither, or if a reason is given for none.
    """
    from autograder import terminal
    from autograder.course import labs
    from autograder.measure.mutants.run import Measuring
    from autograder.measure.mutants.table import found, written

    out = Console()
    measuring = Measuring(labs(names or ()), limit)
    with terminal.progress(out, "measuring", measuring.count) as advance:
        for trials in measuring.run(workers):
            for _ in trials:
                advance()
    out.print(found(measuring.measured))
    if json_file:
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(json.dumps(written(measuring.measured), indent=1, ensure_ascii=False) + "\n", "utf-8")
        out.print(f"{json_file}: {measuring.count} mutants")
    if not all(each.holds for each in measuring.measured):
        raise typer.Exit(1)
