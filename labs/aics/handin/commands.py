"""The commands around handing in: ``aics check``, ``aics pack`` and ``aics log``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from aics.card.status import EMPTY, FILLED, NOT_SEEN, NOT_YET, PARTLY, RIGHT, TO_DO
from aics.check.folder import LabError
from aics.handin import log as logs
from aics.handin import receipt as receipts
from aics.handin.notebook_file import lab_of, language_in
from aics.handin.pack import notebooks_below, pack
from aics.handin.words import say
from aics.language import listed, noted, speaking, tr
from aics.language.command_line import AsWritten

CHECK = noted("""\
Run a copy of a lab's notebook from top to bottom in a fresh kernel and say what check() says at its end. Cells that
worked only because of what an earlier run had left are named. The notebook itself is not changed; its receipt is
written beside it. Exit code 0: everything that can be right is right, which is every question in full and every written
answer filled in; the bonus is not needed. 1: something is left. 2: the command was not understood.
""")
PACK = noted("""\
Make the file to hand in: FILE.handin.zip, with the notebook and its receipt. For a folder, one such file for each lab
in which something is answered. A notebook of more than 5 MB goes without its outputs; answers always stay.
""")
LOG = noted("""\
Keep a history of your checks on this computer, or show it. Off until you turn it on. Each line holds the time, the
question, the verdict, the recognised mistake and the speed; no code and no name. It is never sent.
  on, off   begin, or stop; what there is stays
  show      the way to the solution, question by question
  verify    whether every line is as it was written: each line's hash covers the line before
""")
MARKS = {sign.mark: sign.colour for sign in (RIGHT, PARTLY, NOT_YET, TO_DO, FILLED, EMPTY, NOT_SEEN)}


def add_parsers(commands: argparse._SubParsersAction[Any]) -> None:
    """Add these commands to those of `aics`."""
    check = commands.add_parser(
        "check", help=tr("run a notebook in a fresh kernel and say what is right"), description=tr(CHECK)
    )
    check.add_argument("file", type=Path, metavar="FILE", help=tr("a lab's notebook"))
    check.add_argument("--quick", action="store_true", help=tr("leave out the cells that only show pictures"))
    check.add_argument("--seconds", type=float, default=600, help=tr("interrupt a cell after so long (600)"))
    pack = commands.add_parser("pack", help=tr("make the file to hand in"), description=tr(PACK))
    pack.add_argument("path", nargs="?", type=Path, default=Path(), metavar="FILE|FOLDER", help=tr("here if not given"))
    pack.add_argument(
        "--to", type=Path, metavar="FOLDER", help=tr("where to write it; beside the notebook if not given")
    )
    pack.add_argument("--log", action="store_true", help=tr("put the log of your checks in"))
    log = commands.add_parser(
        "log",
        help=tr("keep a history of your checks on this computer"),
        description=tr(LOG),
        formatter_class=AsWritten,
    )
    log.add_argument("what", choices=["on", "off", "show", "verify"])
    log.add_argument("of", nargs="?", metavar="LAB|FILE", help=tr("one lab's log, or a log's file; all if not given"))


def check_file(asked: argparse.Namespace, console: Console) -> int:
    """Run a notebook afresh, in its own language; 0 where everything that can be right is right, else 1."""
    with speaking(language_in(asked.file)):
        return _check_file(asked, console)


def _check_file(asked: argparse.Namespace, console: Console) -> int:
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
        kept = logs.path_of(lab_of(notebook)) if asked.log else None
        packed = pack(notebook, asked.to, kept)
        size = f"{packed.size / 1e6:.1f} MB" if packed.size > 1e5 else f"{packed.size / 1e3:.0f} kB"
        _print(console, f"{RIGHT.mark} {say('packed', path=packed.path, size=size)}", RIGHT.colour)
        _print(console, f"    {say('packed_names', names=listed(packed.names), code=packed.code)}", None)
        for warning in packed.warnings:
            _print(console, f"{PARTLY.mark} {warning}", PARTLY.colour)
    return 0


def keep_log(asked: argparse.Namespace, console: Console) -> int:
    """Turn the log on or off, show it, or check its chain; 1 where a chain is broken."""
    if asked.what in ("on", "off"):
        logs.turn(on=asked.what == "on")
        _print(console, say(f"log_turned_{asked.what}", folder=logs.folder()), None)
        _print(console, say("log_holds"), None)
        return 0
    paths = [_log_file(asked.of)] if asked.of else sorted(logs.folder().glob(f"*{logs.ENDING}"))
    if not paths:
        _print(console, say("log_none", folder=logs.folder()), None)
    whole = [_show_log(path, console, table=asked.what == "show") for path in paths]
    return 0 if all(whole) else 1


def _log_file(of: str) -> Path:
    path = Path(of) if Path(of).suffix else logs.path_of(of)
    if not path.is_file():
        raise LabError(say("no_file", path=path))
    return path


def _show_log(path: Path, console: Console, *, table: bool) -> bool:
    """Show one log or say that it holds; whether its chain is whole, with the end that a receipt beside it knows."""
    log = logs.read(path)
    if table and log.lines:
        from aics.handin import way

        first, last = (receipts.when(line.time) for line in (log.lines[0], log.lines[-1]))
        title = say("way_title", lab=path.name.removesuffix(logs.ENDING), count=len(log.lines), first=first, last=last)
        console.print(title, style="bold", markup=False, highlight=False)
        console.print(way.table(log))
    receipt = receipts.load(path.with_name(f"{path.name.removesuffix(logs.ENDING)}.ipynb"))
    doubts = [say("log_broken", line=log.broken)] if log.broken else []
    doubts += [say("log_cut")] if receipt and logs.lacks_end(log, receipt.log) else []
    for doubt in doubts:
        _print(console, f"{NOT_YET.mark} {say('log_doubt', file=path.name, doubt=doubt)}", NOT_YET.colour)
    if not doubts:
        words = say("log_holds_fast", file=path.name, count=len(log.lines))
        _print(console, f"{RIGHT.mark} {words}", RIGHT.colour)
    return not doubts


def _print(console: Console, line: str, colour: str | None) -> None:
    """A line as it is, its mark in the status's colour."""
    marked = 3 if colour else 0
    console.print(line[:marked], style=colour, end="", markup=False, highlight=False)
    console.print(line[marked:], markup=False, highlight=False, soft_wrap=True)


COMMANDS: dict[str, Callable[[argparse.Namespace, Console], int]] = {
    "check": check_file,
    "pack": pack_files,
    "log": keep_log,
}
