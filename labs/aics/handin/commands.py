"""The commands around handing in: ``aics check`` and ``aics pack``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from aics.card.status import EMPTY, FILLED, NOT_SEEN, NOT_YET, PARTLY, RIGHT, TO_DO
from aics.handin.notebook_file import lab_of
from aics.handin.pack import notebooks_below, pack
from aics.handin.words import say

CHECK = """\
Run a copy of a lab's notebook from top to bottom in a fresh kernel and say what check() says at its end. Cells that
worked only because of what an earlier run had left are named. The notebook itself is not changed; its receipt is
written beside it. Exit code 0: everything that can be right is right, which is every question in full and every written
answer filled in; the bonus is not needed. 1: something is left. 2: the command was not understood.
"""
PACK = """\
Make the file to hand in: FILE.handin.zip, with the notebook and its receipt. For a folder, one such file for each lab
in which something is answered. A notebook of more than 5 MB goes without its outputs; answers always stay.
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
    pack = commands.add_parser("pack", help="make the file to hand in", description=PACK)
    pack.add_argument("path", nargs="?", type=Path, default=Path(), metavar="FILE|FOLDER", help="here if not given")
    pack.add_argument("--to", type=Path, metavar="FOLDER", help="where to write it; beside the notebook if not given")


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


def pack_files(asked: argparse.Namespace, console: Console) -> int:
    """Make the files to hand in, and say their names and sizes."""
    for notebook in notebooks_below(asked.path) if asked.path.is_dir() else [asked.path]:
        packed = pack(notebook, asked.to)
        size = f"{packed.size / 1e6:.1f} MB" if packed.size > 1e5 else f"{packed.size / 1e3:.0f} kB"
        _print(console, f"{RIGHT.mark} {say('packed', path=packed.path, size=size)}", RIGHT.colour)
        _print(console, f"    {say('packed_names', names=', '.join(packed.names), code=packed.code)}", None)
        for warning in packed.warnings:
            _print(console, f"{PARTLY.mark} {warning}", PARTLY.colour)
    return 0


def _print(console: Console, line: str, colour: str | None) -> None:
    """A line as it is, its mark in the status's colour."""
    marked = 3 if colour else 0
    console.print(line[:marked], style=colour, end="", markup=False, highlight=False)
    console.print(line[marked:], markup=False, highlight=False, soft_wrap=True)


COMMANDS: dict[str, Callable[[argparse.Namespace, Console], int]] = {"check": check_file, "pack": pack_files}
