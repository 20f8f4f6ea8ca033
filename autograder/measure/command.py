"""The command `autograder measure`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from aics.language import listed, tr
from autograder import whole
from autograder.grading.pool import cores

if TYPE_CHECKING:
    from autograder.course import Lab

#: What can be measured -> where the class of this part is. It is imported only when it is asked for.
PARTS: Mapping[str, str] = {
    "mutants": "autograder.measure.mutants.run:Mutants",
    "others": "autograder.measure.others.run:Others",
    "pairs": "autograder.measure.pairs.run:Pairs",
    "names": "autograder.measure.names.run:Names",
    "rewrites": "autograder.measure.rewrites.run:Rewrites",
}
#: Columns in which every table has all its digits; a narrower terminal breaks the lines.
WIDTH = 150
Name = StrEnum("Name", {name: name for name in PARTS})  # type: ignore[misc]


def measure(
    names: Annotated[list[str] | None, typer.Argument(help="Labs, such as lab2_layers; all if none is named.")] = None,
    part: Annotated[
        list[Name] | None, typer.Option(help="What is measured; may be given several times.", show_default="all")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes at the same time.", show_default="cores")] = cores(),
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json",
            dir_okay=False,
            writable=True,
            help="Also write all that was tried, and what became of it, to this file.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="Only so many tries of each question; 0: all.")] = 0,
    export: Annotated[
        Path | None,
        typer.Option(
            help="In place of measuring, write the bank of right and wrong answers into this folder, as data; "
            "with --part mutants these too."
        ),
    ] = None,
) -> None:
    """Try the checks on code that they have never seen.

    Parts: mutants are solutions with one change, made by machine; one that no case tells from the solution needs a
    case, or a reason in solutions/LAB/equivalents.toml. Others are the checks that other courses published for the same
    questions: how many of the same wrong answers these let through. Pairs are two known mistakes at once: both must be
    caught. Names leaves each known mistake out of the bank, and asks whether what the check calls it, or a mutant, is
    true. Rewrites are solutions and alternatives as they are, and refactored by machine; all are right, and none may be
    refused.
    Exit status 1 if anything is found that has to be mended.
    """
    from autograder import terminal
    from autograder.course import labs

    out, chosen = Console(), labs(names or ())
    wide = Console(width=max(out.width, WIDTH))
    if export:
        _export(out, export, chosen, "mutants" in (part or ()), workers, limit)
        return
    if json_file:
        json_file.parent.mkdir(parents=True, exist_ok=True)
    written, holds = {}, True
    for name in part or PARTS:
        module, _, made = PARTS[name].partition(":")
        measured = getattr(import_module(module), made)(chosen, limit)
        with terminal.progress(out, name, measured.count) as advance:
            for done in measured.run(workers):
                for _ in range(done):
                    advance()
        wide.print(measured.shown())
        written[str(name)] = measured.written()
        holds &= measured.holds
        if json_file:  # after each part: who stops the command keeps those that are done
            whole.write_text(json_file, json.dumps(written, indent=1, ensure_ascii=False) + "\n")
    if json_file:
        out.print(tr("{path}: {names}", path=json_file, names=listed(written)))
    if not holds:
        raise typer.Exit(1)


def _export(out: Console, folder: Path, chosen: Sequence[Lab], mutants: bool, workers: int, limit: int) -> None:
    """Judge the bank and write it, with its data card."""
    from autograder import terminal
    from autograder.measure.export.rows import Rows
    from autograder.measure.export.write import writable, write

    writable(folder)
    rows = Rows(chosen, mutants, limit)
    with terminal.progress(out, tr("export"), rows.count) as advance:
        for done in rows.run(workers):
            for _ in range(done):
                advance()
    write(folder, rows.found())
    out.print(
        tr(
            "{folder}: {count:,} answers. The solutions of the labs are in it: DATA_CARD.md says what to heed.",
            folder=folder,
            count=rows.count,
        )
    )
