"""The commands around handing in: ``aics check``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from aics.card.status import EMPTY, FILLED, NOT_SEEN, NOT_YET, PARTLY, RIGHT, TO_DO
from aics.handin.notebook_file import lab_of
from aics.handin.words import say

CHECK = """\
Run a copy of a lab's notebook from top to bottom in a fresh kernel and say what check() says at its end. Cells that
worked only because of what an earlier run had left are named. The notebook itself is not changed; its receipt is
written beside it. Exit code 0: everything that can be right is right, which is every question in full and every written
answer filled in; the bonus is not needed. 1: something is left. 2: the command was not understood.
"""
MARKS = {sign.mark: sign.colour for sign in (RIGHT, PARTLY, NOT_YET, TO_DO, FILLED, EMPTY, NOT_SEEN)}


def add_parsers(commands: argparse._SubParsersAction[Any]) -> None:
    """Add these commands to those of `aics`."""
    check = commands.add_parser(
        "check", help="run a notebook in a fresh kernel and say what is right", description=CHECK
    )
    check.add_argument("file", type=Path, metavar="FILE", help="a lab's notebook")
    check.add_argument("--quick", action="store_true", help="leave out the cells that only show pictures")
    check.add_argument("--seconds", type=float, default=600, help="interrupt a cell after so long (600)")


def check_file(asked: argparse.Namespace, console: Console) -> int:
    """Run a notebook afresh; 0 where everything that can be right is right, else 1."""
    lab_of(asked.file)
    from aics.handin.fresh_run import run_afresh  # what starts kernels takes a second to import

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    shown = Console(stderr=True)
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def progress(number: int, count: int, cell: str) -> None:
            words = say("running", number=number + 1, count=count, cell=cell)
            bar.update(task, total=count, completed=number, description=words.replace("[", "\\["))

        found = run_afresh(asked.file, quick=asked.quick, seconds=asked.seconds, progress=progress)
    for line in [say("fresh"), *found.text.splitlines()]:
        _print(console, line, MARKS.get(line[:3]))
    for remark in found.remarks:
        _print(console, f"{NOT_YET.mark} {remark}", NOT_YET.colour)
    return 0 if found.complete else 1


def _print(console: Console, line: str, colour: str | None) -> None:
    """A line as it is, its mark in the status's colour."""
    marked = 3 if colour else 0
    console.print(line[:marked], style=colour, end="", markup=False, highlight=False)
    console.print(line[marked:], markup=False, highlight=False, soft_wrap=True)


COMMANDS: dict[str, Callable[[argparse.Namespace, Console], int]] = {"check": check_file}
